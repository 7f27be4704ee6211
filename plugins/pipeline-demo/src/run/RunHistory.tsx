import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  Cell,
  Column,
  Link,
  Row,
  Skeleton,
  TableBody,
  TableHeader,
  TableRoot,
} from '@backstage/ui';
import {
  formatDuration,
  type RunView,
} from 'backstage-plugin-pipeline-demo-common';
import { useEffect, useState } from 'react';
import { runRouteRef } from '../routes';
import type { HistoryState } from '../state/useHistory';
import type { FilterState } from '../state/useHistoryFilter';
import { useOwnRef } from '../state/useOwnRef';
import { pipelineDemoTranslationRef } from '../translation';
import { Panel } from './Panel';
import { PhaseIcon, PhaseLabel, phaseClass, shownPhase } from './Phase';
import { RegionError } from './RegionError';
import { filterText, RunFilters } from './RunFilters';
import styles from './RunHistory.module.css';
import { shortName, whenText } from './wording';

const SKELETON_ROWS = 3;
/** A bar of this length at least: 1:30. Longer runs set the scale themselves. */
const BAR_SECONDS = 90;
const TICK_MS = 1_000;

/** The runs so far, newest first, and what they are narrowed to. */
export function RunHistory(props: {
  readonly title: string;
  readonly history: HistoryState;
  readonly filters: FilterState;
}) {
  const { title, history, filters } = props;
  const { runs, error, retry, loading } = history;
  const me = useOwnRef();
  const isEmpty = runs?.length === 0;
  return (
    <Panel
      className={styles.history}
      title={title}
      aside={
        (!isEmpty || filters.isNarrow) && (
          <RunFilters state={filters} runs={runs ?? []} me={me} />
        )
      }
    >
      {error && <RegionError error={error} onRetry={retry} />}
      <div aria-busy={loading}>
        {isEmpty && <Empty filters={filters} me={me} />}
        {runs === undefined && !error && <Waiting />}
        {runs && !isEmpty && <Runs {...history} title={title} runs={runs} />}
      </div>
    </Panel>
  );
}

/** There are none at all, or none that match. */
function Empty(props: { readonly filters: FilterState; readonly me?: string }) {
  const { filters, me } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  return (
    <p className={styles.empty} role="status">
      <PhaseIcon phase="planned" />
      {filters.isNarrow
        ? t('history.nothing', { filter: filterText(t, filters.filter, me) })
        : t('history.empty')}
      {filters.isNarrow && (
        <Button variant="secondary" size="small" onPress={filters.clear}>
          {t('history.all')}
        </Button>
      )}
    </p>
  );
}

function Waiting() {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  return (
    <div role="status" aria-label={t('history.loading')}>
      {Array.from({ length: SKELETON_ROWS }, (_, index) => (
        <Skeleton key={index} className={styles.skeleton} />
      ))}
    </div>
  );
}

function Runs(
  props: HistoryState & {
    readonly title: string;
    readonly runs: readonly RunView[];
  },
) {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const longest = Math.max(
    BAR_SECONDS,
    ...props.runs.map(run => run.durationSeconds ?? 0),
  );
  return (
    <>
      <div className={styles.scroll}>
        <TableRoot aria-label={props.title}>
          <TableHeader>
            <Column className={styles.phase} isRowHeader>
              {t('history.phase')}
            </Column>
            <Column className={styles.run}>{t('history.run')}</Column>
            <Column className={styles.batches}>{t('history.batches')}</Column>
            <Column>{t('history.startedBy')}</Column>
            <Column className={styles.when}>{t('history.when')}</Column>
            <Column className={styles.time}>{t('history.duration')}</Column>
            <Column className={styles.lines}>{t('history.lines')}</Column>
          </TableHeader>
          <TableBody items={props.runs} dependencies={[longest]}>
            {run => <RunRow run={run} longest={longest} />}
          </TableBody>
        </TableRoot>
      </div>
      {props.hasMore && (
        <Button
          className={styles.more}
          variant="tertiary"
          isPending={props.loadingMore}
          onPress={props.showMore}
        >
          {t('history.more')}
        </Button>
      )}
    </>
  );
}

function RunRow(props: { readonly run: RunView; readonly longest: number }) {
  const { run, longest } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const runPath = useRouteRef(runRouteRef);
  const phase = shownPhase(run);
  const note = useNote(run);
  return (
    <Row id={run.id}>
      <Cell>
        <PhaseLabel phase={phase} />
      </Cell>
      <Cell>
        <Link className={styles.id} href={runPath?.({ runId: run.id })}>
          {run.id}
        </Link>
      </Cell>
      <Cell className={styles.number}>{run.batchCount}</Cell>
      <Cell className={styles.who}>
        {shortName(run.createdBy)}
        {note && <span className={styles.note}> · {note}</span>}
      </Cell>
      <Cell className={styles.quiet}>
        <time dateTime={run.createdAt}>
          {run.active ? t('history.now') : whenText(t, run.createdAt)}
        </time>
      </Cell>
      <Cell>
        <Duration run={run} longest={longest} className={phaseClass(phase)} />
      </Cell>
      <Cell className={`${styles.number} ${styles.quiet}`}>
        {run.lineCount.toLocaleString()}
      </Cell>
    </Row>
  );
}

function Duration(props: {
  readonly run: RunView;
  readonly longest: number;
  readonly className: string;
}) {
  const { run, longest } = props;
  const seconds = useSeconds(run);
  return (
    <span className={`${styles.duration} ${props.className}`}>
      <span>{formatDuration(seconds)}</span>
      <i
        style={{ width: `${Math.min(100, (100 * seconds) / longest)}%` }}
        aria-hidden="true"
      />
    </span>
  );
}

/** What it took, or has taken until now. */
function useSeconds(run: RunView): number {
  const [now, setNow] = useState(Date.now);
  const running = run.durationSeconds === undefined;
  useEffect(() => {
    if (!running) {
      return undefined;
    }
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [running]);
  return run.durationSeconds ?? (now - Date.parse(run.createdAt)) / 1000;
}

/** Why it did not succeed, in a few words. */
function useNote(run: RunView): string | undefined {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  if (run.outcome?.type === 'failed') {
    return run.outcome.message;
  }
  return run.cancelAskedBy === undefined
    ? undefined
    : t('history.cancelledBy', { name: shortName(run.cancelAskedBy) });
}
