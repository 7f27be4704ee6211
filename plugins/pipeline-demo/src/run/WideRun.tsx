import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Card } from '@backstage/ui';
import type { Run } from 'backstage-plugin-pipeline-demo-common';
import { memo } from 'react';
import type { CSSProperties } from 'react';
import { LogPane } from '../log/LogPane';
import { useMoment, type Moment } from '../state/useMoment';
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
import { TimeScrubber } from './TimeScrubber';
import { Topology } from './Topology';

/** Above this many batches the lanes need a little more height. */
const ROOMY_BATCHES = 6;
/** Pixels of the middle at first: the log has the rest. */
const HEIGHTS = { usual: 352, roomy: 392, result: 456 } as const;
/** Header, progress, slider of time, gaps, and what the log needs at least. */
const OTHERS_PX = 410;

/** The page of a run on a screen: two columns over the log. */
export function WideRun(props: RegionProps) {
  const { run, now, forecast, sight } = props;
  const moment = useMoment(run, now);
  const { past, shown } = moment;
  const [panes] = usePanes();
  const [chosen, setChosen] = usePreference<number>('upperHeight', 0);
  const height = chosen || HEIGHTS[sizeOf(run)];
  return (
    <>
      <RegionBoundary>
        <RunHeader run={run} now={now} moment={moment} />
        <RunProgress
          {...shown}
          forecast={forecast}
          sight={past ? undefined : sight}
        >
          <TimeScrubber
            run={run}
            moment={moment}
            forecast={forecast}
            sight={sight}
          />
        </RunProgress>
      </RegionBoundary>
      {panes !== 'log' && (
        <Middle
          {...props}
          past={past}
          shown={shown}
          height={panes === 'run' ? undefined : height}
        />
      )}
      {panes === 'both' && (
        <Splitter
          height={height}
          most={window.innerHeight - OTHERS_PX}
          onHeight={setChosen}
        />
      )}
      {panes !== 'run' && <LogRegion />}
      <TaskDrawer {...shown} forecast={forecast} moment={past && 'past'} />
    </>
  );
}

function Middle(
  props: RegionProps & {
    /** What is shown instead of the run as it is. */
    readonly past: Moment['past'];
    readonly shown: Moment['shown'];
    /** Pixels; missing: all there is. */
    readonly height?: number;
  },
) {
  const { run, forecast, preview, past, shown, height } = props;
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
          run={shown.run}
          now={shown.now}
          expectedSeconds={forecast?.durations.seconds}
        />
        <QuotaGauge
          run={shown.run}
          now={shown.now}
          preview={preview}
          moment={past && 'past'}
        />
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
