import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Card } from '@backstage/ui';
import type { Run } from 'backstage-plugin-pipeline-demo-common';
import { memo } from 'react';
import type { CSSProperties } from 'react';
import { LogPane } from '../log/LogPane';
import { usePanes } from '../state/usePanes';
import { usePreference } from '../state/usePreference';
import { pipelineDemoTranslationRef } from '../translation';
import { FreshnessBar } from './FreshnessBar';
import { OpenDetails } from './OpenDetails';
import { Panel } from './Panel';
import { QuotaGauge } from './QuotaGauge';
import { RegionBoundary } from './RegionBoundary';
import { ResultPanel } from './ResultPanel';
import { RunHeader } from './RunHeader';
import { RunProgress } from './RunProgress';
import type { RegionProps } from './RunRegions';
import styles from './RunRegions.module.css';
import { Splitter } from './Splitter';
import { TaskDrawer } from './TaskDrawer';
import { Topology } from './Topology';

/** Above this many batches the lanes need a little more height. */
const ROOMY_BATCHES = 6;
/** Pixels of the middle at first: the log has the rest. */
const HEIGHTS = { usual: 352, roomy: 392, result: 456 } as const;
/** Header, progress, gaps, and what the log needs at least. */
const OTHERS_PX = 420;

/** The page of a run on a screen: two columns over the log. */
export function WideRun(props: RegionProps) {
  const { run, now, forecast, sight } = props;
  const [panes] = usePanes();
  const [chosen, setChosen] = usePreference<number>('upperHeight', 0);
  const height = chosen || HEIGHTS[sizeOf(run)];
  return (
    <>
      <RegionBoundary>
        <RunHeader run={run} now={now} />
        <RunProgress run={run} now={now} forecast={forecast} sight={sight} />
      </RegionBoundary>
      {panes !== 'log' && (
        <Middle {...props} height={panes === 'run' ? undefined : height} />
      )}
      {panes === 'both' && (
        <Splitter
          height={height}
          most={window.innerHeight - OTHERS_PX}
          onHeight={setChosen}
        />
      )}
      {panes !== 'run' && <LogRegion />}
      <TaskDrawer run={run} now={now} forecast={forecast} />
    </>
  );
}

function Middle(
  props: RegionProps & {
    /** Pixels; missing: all there is. */
    readonly height?: number;
  },
) {
  const { run, now, forecast, preview, height } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  return (
    <div
      className={styles.middle}
      data-size={sizeOf(run)}
      data-alone={height === undefined || undefined}
      style={{ '--upper-height': `${height}px` } as CSSProperties}
    >
      <Panel title={t('topology.title')} aside={<OpenDetails />}>
        <Topology
          run={run}
          now={now}
          expectedSeconds={forecast?.durations.seconds}
        />
        <QuotaGauge run={run} now={now} preview={preview} />
      </Panel>
      <ResultPanel {...props} />
    </div>
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

function sizeOf(run: Run): keyof typeof HEIGHTS {
  if (run.report || run.outcome?.type === 'failed') {
    return 'result';
  }
  return run.batchCount > ROOMY_BATCHES ? 'roomy' : 'usual';
}
