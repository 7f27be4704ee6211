import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, ButtonIcon } from '@backstage/ui';
import { isEnded } from 'backstage-plugin-pipeline-demo-common';
import type { Run } from 'backstage-plugin-pipeline-demo-common';
import { memo } from 'react';
import type { RefObject } from 'react';
import type { LogBuffer } from '../state/LogBuffer';
import { usePanes } from '../state/usePanes';
import type { TaskSelection } from '../state/useTaskSelection';
import { pipelineDemoTranslationRef } from '../translation';
import { DownloadMenu } from './DownloadMenu';
import { LogIcon } from './LogIcon';
import styles from './LogToolbar.module.css';
import { SearchBox } from './SearchBox';
import { TaskMenu } from './TaskMenu';
import { ToolbarToggle } from './ToolbarToggle';
import type { LogSearch } from './useLogSearch';
import type { MatchSwitch } from './useOnlyMatches';

/** What the toolbar shows, and what it asks for. */
export interface LogToolbarProps {
  readonly run?: Run;
  readonly buffer: LogBuffer;
  readonly selection: TaskSelection;
  readonly search: LogSearch;
  readonly matches: MatchSwitch;
  readonly findWithin: RefObject<HTMLElement>;
  readonly isFollowing: boolean;
  readonly times: boolean;
  readonly wrap: boolean;
  onStep(direction: 1 | -1): void;
  onFollow(): void;
  onTimes(): void;
  onWrap(): void;
}

/**
 * Above the log: which tasks, what to look for, how lines are shown, follow,
 * download. Its buttons are dear to draw, and lines come with each frame: it is
 * drawn when something of its own has changed.
 */
export const LogToolbar = memo((props: LogToolbarProps) => {
  const { run, isFollowing, selection, search, matches } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  // Nothing follows a log that grows no more.
  const isOver = run !== undefined && isEnded(run.phase);
  return (
    <div className={styles.toolbar} role="toolbar" aria-label={t('log.title')}>
      <TaskMenu run={run} buffer={props.buffer} selection={selection} />
      <SearchBox
        search={search}
        matches={matches}
        findWithin={props.findWithin}
        onStep={props.onStep}
      />
      <span className={styles.space} />
      <span className={styles.looks}>
        <ToolbarToggle
          label={t('log.times')}
          isOn={props.times}
          onToggle={props.onTimes}
        >
          {t('log.times')}
        </ToolbarToggle>
        <ToolbarToggle
          label={t('log.wrap')}
          isOn={props.wrap}
          onToggle={props.onWrap}
        >
          {t('log.wrap')}
        </ToolbarToggle>
        <span className={styles.rule} />
      </span>
      {!isOver && (
        <FollowButton isFollowing={isFollowing} onPress={props.onFollow} />
      )}
      <DownloadMenu
        run={run}
        shown={{
          tasks: selection.selected,
          search: matches.isOn ? search.query?.words : undefined,
        }}
      />
      <ExpandButton />
    </div>
  );
});

function FollowButton(props: {
  readonly isFollowing: boolean;
  onPress(): void;
}) {
  const { isFollowing } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  return (
    <Button
      size="small"
      variant="secondary"
      className={styles.follow}
      aria-pressed={isFollowing}
      onPress={props.onPress}
      iconStart={
        isFollowing ? (
          <span className={styles.dot} />
        ) : (
          <LogIcon name="new" size={14} />
        )
      }
    >
      {isFollowing ? t('log.following') : t('log.follow')}
    </Button>
  );
}

/** The log alone, or everything. */
function ExpandButton() {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const [panes, setPanes] = usePanes();
  const isAlone = panes === 'log';
  return (
    <span title={t('log.expand')} className={styles.expand}>
      <ButtonIcon
        size="small"
        variant="tertiary"
        aria-label={t('log.expand')}
        aria-pressed={isAlone}
        icon={<LogIcon name={isAlone ? 'shrink' : 'expand'} />}
        onPress={() => setPanes(isAlone ? 'both' : 'log')}
      />
    </span>
  );
}
