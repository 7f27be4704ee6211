import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Card, VisuallyHidden } from '@backstage/ui';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { progress, type Run } from 'backstage-plugin-pipeline-demo-common';
import { memo } from 'react';
import { LogPane } from '../log/LogPane';
import { usePreview } from '../state/usePreview';
import { useRunNow } from '../state/useRunNow';
import { useRunState } from '../state/useRunSession';
import { pipelineDemoTranslationRef } from '../translation';
import { FreshnessBar } from './FreshnessBar';
import { Panel } from './Panel';
import { shownPhase } from './Phase';
import { QuotaGauge } from './QuotaGauge';
import { RegionBoundary } from './RegionBoundary';
import { ResultPanel } from './ResultPanel';
import { RunHeader } from './RunHeader';
import { RunProgress } from './RunProgress';
import styles from './RunRegions.module.css';
import { Topology } from './Topology';
import { useDocumentTitle } from './useDocumentTitle';
import type { Words } from './wording';

const TICK_MS = 250;
const CALM_TICK_MS = 1_000;
/** Free capacity is seen anew while the run is watched. */
const REFRESH_MS = 10_000;
/** Above this many batches the lanes need a little more height. */
const ROOMY_BATCHES = 6;

/** Everything about one run: header, progress, topology, timeline or result, log. */
export function RunRegions(props: { readonly run: Run }) {
  const { run } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const calm = useMediaQuery('(prefers-reduced-motion: reduce)');
  const state = useRunState();
  const now = useRunNow(state, calm ? CALM_TICK_MS : TICK_MS);
  const sight = state.connection.type === 'reconnecting' ? 'lost' : undefined;
  const over = run.finishedAt !== undefined;
  const { preview } = usePreview(run.batchCount, over ? undefined : REFRESH_MS);
  useDocumentTitle(titleOf(t, run));
  return (
    <>
      <RegionBoundary>
        <RunHeader run={run} now={now} />
        <RunProgress run={run} now={now} forecast={preview} sight={sight} />
      </RegionBoundary>
      <div className={styles.middle} data-size={sizeOf(run)}>
        <Panel title={t('topology.title')}>
          <Topology
            run={run}
            now={now}
            expectedSeconds={preview?.durations.seconds}
          />
          <QuotaGauge run={run} now={now} preview={preview} />
        </Panel>
        <ResultPanel run={run} now={now} forecast={preview} />
      </div>
      <LogRegion />
      <VisuallyHidden role="status">
        {t('page.spoken', {
          run: run.id,
          phase: t(`phase.run.${shownPhase(run)}`),
        })}
      </VisuallyHidden>
    </>
  );
}

/** Does not render again with each tick of the clock. */
const LogRegion = memo(() => (
  <Card className={styles.log}>
    <RegionBoundary>
      <div className={styles.pane}>
        <div className={styles.fill}>
          <LogPane />
        </div>
      </div>
      <FreshnessBar />
    </RegionBoundary>
  </Card>
));

function sizeOf(run: Run): 'result' | 'roomy' | 'usual' {
  if (run.report || run.outcome?.type === 'failed') {
    return 'result';
  }
  return run.batchCount > ROOMY_BATCHES ? 'roomy' : 'usual';
}

function titleOf(t: Words, run: Run): string {
  const { percent } = progress(run);
  return t(`page.tab.${shownPhase(run)}`, { percent, run: run.id });
}
