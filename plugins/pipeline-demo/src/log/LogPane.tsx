import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { isEnded } from 'backstage-plugin-pipeline-demo-common';
import type { LogTask } from 'backstage-plugin-pipeline-demo-common';
import { useCallback, useRef } from 'react';
import { useKeys } from '../state/useKeys';
import { useLogMoves } from '../state/useLogMoves';
import { usePreference } from '../state/usePreference';
import {
  useLineAt,
  useLogBuffer,
  useReadLines,
  useRunPart,
} from '../state/useRunSession';
import { useTaskSelection } from '../state/useTaskSelection';
import type { TaskSelection } from '../state/useTaskSelection';
import { pipelineDemoTranslationRef } from '../translation';
import { ConnectionNote } from './ConnectionNote';
import { LogList } from './LogList';
import styles from './LogPane.module.css';
import { LogPlaceholder } from './LogPlaceholder';
import type { NarrowedTo } from './LogPlaceholder';
import { LogToolbar } from './LogToolbar';
import { MatchSection } from './MatchSection';
import { NewLines } from './NewLines';
import { SearchMarks } from './SearchMarks';
import { TaskSection } from './TaskSection';
import { useCopy } from './useCopy';
import { useFollow } from './useFollow';
import { useLineLink } from './useLineLink';
import { useLogRows } from './useLogRows';
import { useLogSearch } from './useLogSearch';
import type { LogSearch } from './useLogSearch';
import { useStable } from './useStable';
import { useOnlyMatches } from './useOnlyMatches';
import type { OnlyMatches } from './useOnlyMatches';

/**
 * The log of the session's run: toolbar, lines, and a quiet bar while the
 * connection is lost. It fills its parent, which is a flex column.
 */
export function LogPane() {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const run = useRunPart(state => state.run);
  const buffer = useLogBuffer();
  const readLines = useReadLines();
  const selection = useTaskSelection();
  const log = useLogRows(run, buffer, selection.selected);
  const lineLink = useLineLink();
  const follow = useFollow(buffer, lineLink);
  useLogMoves({
    lineAt: useLineAt(),
    open: follow.open,
    toEnd: () => follow.onInput({ type: 'follow' }),
  });
  const search = useLogSearch(buffer, log.rows, log.scope, selection.selected);
  const matches = useOnlyMatches(log, search);
  const { rows } = matches;
  const [times, setTimes] = usePreference<boolean>('log.times', true);
  const [wrap, setWrap] = usePreference<boolean>('log.wrap', false);
  const firstLine = useRef(1);
  const pane = useRef<HTMLElement>(null);

  const { select } = selection;
  const onTask = useCallback((task: LogTask) => select(task, 'only'), [select]);
  const onStep = useStable((direction: 1 | -1) => {
    const line = search.step(direction, firstLine.current);
    if (line !== undefined) {
      follow.open(line);
    }
  });
  const onFollow = useStable(follow.toggle);
  const onTimes = useStable(() => setTimes(!times));
  const onWrap = useStable(() => setWrap(!wrap));
  const [onlyTask, ...others] = selection.selected;
  const isOneTask = others.length === 0;
  const isFollowing = follow.mode.type === 'following';
  const onFirstLine = useStable((line: number) => {
    firstLine.current = line;
    buffer.readAt(isFollowing ? undefined : line);
  });
  useCopy(pane, buffer, rows);
  useKeys({
    f: onFollow,
    'g g': () => follow.open(1),
    G: () => follow.onInput({ type: 'follow' }),
    w: onWrap,
    t: onTimes,
  });
  return (
    <section ref={pane} className={styles.pane} aria-label={t('log.title')}>
      <LogToolbar
        run={run}
        buffer={buffer}
        selection={selection}
        search={search}
        matches={matches.by}
        findWithin={pane}
        isFollowing={isFollowing}
        times={times}
        wrap={wrap}
        onStep={onStep}
        onFollow={onFollow}
        onTimes={onTimes}
        onWrap={onWrap}
      />
      {run && onlyTask && isOneTask && <TaskSection run={run} id={onlyTask} />}
      {matches.by.isOn && <MatchSection matches={matches} />}
      <div className={styles.well}>
        <LogList
          key={buffer.generation}
          buffer={buffer}
          rows={rows}
          isGrowing={!(run && isEnded(run.phase))}
          mode={follow.mode}
          wrap={wrap}
          times={times}
          query={search.query}
          breaks={matches.breaks}
          isOpenAbove={!matches.by.isOn}
          currentLine={search.currentLine}
          linked={lineLink.linked}
          target={follow.target}
          onCentred={follow.onCentred}
          onInput={follow.onInput}
          onRead={readLines}
          onLink={follow.link}
          onTask={onTask}
          onFirstLine={onFirstLine}
        />
        {search.query && !matches.by.isOn && (
          <SearchMarks rows={rows} hits={search.hits} />
        )}
        {rows.length === 0 && (
          <LogPlaceholder
            run={run}
            narrowed={narrowedTo(buffer.lastLine, selection, search, matches)}
          />
        )}
        {buffer.isFlood && (
          <span className={styles.flood}>{t('log.flood')}</span>
        )}
        {follow.mode.type !== 'following' && (
          <NewLines
            count={rows.countAfter(follow.mode.seen)}
            onFollow={() => follow.onInput({ type: 'follow' })}
          />
        )}
      </div>
      <ConnectionNote />
    </section>
  );
}

/** Why no line is shown although there are some. */
function narrowedTo(
  lastLine: number,
  selection: TaskSelection,
  search: LogSearch,
  matches: OnlyMatches,
): NarrowedTo | undefined {
  if (lastLine === 0) {
    return undefined;
  }
  if (matches.by.isOn && matches.hidden > 0) {
    return search.searching ? 'matchesSoFar' : 'matches';
  }
  return selection.selected.length > 0 ? 'tasks' : undefined;
}
