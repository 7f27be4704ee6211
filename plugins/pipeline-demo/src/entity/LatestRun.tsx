import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonLink, Link, Skeleton } from '@backstage/ui';
import {
  isEnded,
  pipelineDemoRunViewPermission,
  type Run,
  type RunView,
} from 'backstage-plugin-pipeline-demo-common';
import { useMemo } from 'react';
import { rootRouteRef, runRouteRef } from '../routes';
import { CancelRun } from '../run/CancelRun';
import { ForbiddenState } from '../run/ForbiddenState';
import { healthOf } from '../run/health';
import { formatFigure, formatMean } from '../run/measures';
import { Panel } from '../run/Panel';
import { PhaseIcon, PhaseLabel, shownPhase } from '../run/Phase';
import { RegionError } from '../run/RegionError';
import { runFromView } from '../run/runFromView';
import { Segments } from '../run/Segments';
import { useRight } from '../state/useRight';
import { useRunNow } from '../state/useRunNow';
import { RunSessionProvider, useRunState } from '../state/useRunSession';
import { pipelineDemoTranslationRef } from '../translation';
import styles from './LatestRun.module.css';
import { PastRuns } from './PastRuns';
import { timeText } from './timeText';
import { useEntityRuns } from './useEntityRuns';

/** How many runs the small bars show. */
const PAST_RUNS = 10;
const TICK_MS = 1_000;

/** The catalog card: this entity's newest run, and how those before it went. */
export function LatestRun() {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const right = useRight(pipelineDemoRunViewPermission);
  const rootPath = useRouteRef(rootRouteRef);
  return (
    <Panel
      className={styles.card}
      title={t('card.title')}
      aside={<Link href={rootPath?.()}>{t('card.all')}</Link>}
    >
      {right === 'denied' ? (
        <ForbiddenState permission={pipelineDemoRunViewPermission.name} />
      ) : (
        <Newest />
      )}
    </Panel>
  );
}

function Newest() {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const { history } = useEntityRuns({ limit: PAST_RUNS });
  const { runs, error, retry } = history;
  const latest = runs?.[0];
  if (error && !runs) {
    return <RegionError error={error} onRetry={retry} />;
  }
  if (!runs) {
    return (
      <div role="status" aria-label={t('page.loading')}>
        <Skeleton className={styles.skeleton} />
      </div>
    );
  }
  if (!latest) {
    return (
      <p className={styles.none}>
        <PhaseIcon phase="planned" />
        {t('card.none')}
      </p>
    );
  }
  return (
    <RunSessionProvider key={latest.id} runId={latest.id}>
      <Watched latest={latest} runs={runs} />
    </RunSessionProvider>
  );
}

function Watched(props: {
  readonly latest: RunView;
  readonly runs: readonly RunView[];
}) {
  const { latest, runs } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const state = useRunState();
  const now = useRunNow(state, TICK_MS);
  const known = useMemo(() => runFromView(latest), [latest]);
  const run = state.run ?? known;
  const runPath = useRouteRef(runRouteRef);
  return (
    <>
      <div className={styles.head}>
        <h4 className={styles.phase}>
          <PhaseLabel phase={shownPhase(run)} />
        </h4>
        <span className={styles.id}>{run.id}</span>
        <span className={styles.time}>
          {timeText(t, run, healthOf(run, run.predicted, now), now)}
        </span>
      </div>
      <Segments run={run} now={now} forecast={run.predicted} />
      <Headline run={run} />
      <PastRuns run={run} runs={runs} />
      <div className={styles.actions}>
        <ButtonLink variant="secondary" href={runPath?.({ runId: run.id })}>
          {t('entity.open')}
        </ButtonLink>
        {!isEnded(run.phase) && run.phase !== 'finishing' && (
          <CancelRun run={run} />
        )}
      </div>
    </>
  );
}

/** What came out of it, in one line: its report, or why there is none. */
function Headline(props: { readonly run: Run }) {
  const { report, outcome } = props.run;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const text = report
    ? t('card.report', {
        rows: formatFigure(report.totals.rows),
        sum: formatFigure(report.totals.sum),
        mean: formatMean(report.totals.mean),
      })
    : outcome?.type === 'failed' && outcome.message;
  return text ? <p className={styles.headline}>{text}</p> : null;
}
