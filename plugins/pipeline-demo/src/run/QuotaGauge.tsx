import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Skeleton } from '@backstage/ui';
import type {
  Forecast,
  PreviewView,
  Resources,
  Run,
} from 'backstage-plugin-pipeline-demo-common';
import { pipelineDemoTranslationRef } from '../translation';
import { formatCpu, formatGib } from './amounts';
import { GaugeBar } from './GaugeBar';
import styles from './QuotaGauge.module.css';
import {
  expectedPeak,
  heldByOthers,
  resourcesOf,
  tasksWaiting,
  usageOf,
  type Peak,
  type Usage,
} from './usage';

interface GaugeProps {
  readonly run: Run;
  readonly usage: Usage;
  readonly forecast: Forecast;
}

/** What the run holds of what there is: now, and at its peak. */
export function QuotaGauge(props: {
  readonly run: Run;
  /** Epoch milliseconds of the run's clock. */
  readonly now: number;
  readonly preview?: PreviewView;
  /** Missing: now, or at the end. */
  readonly moment?: 'past';
}) {
  const { run, now, preview, moment } = props;
  if (!preview) {
    return (
      <div className={styles.gauge}>
        <Skeleton width="100%" height={46} />
        <Skeleton width="100%" height={46} />
      </div>
    );
  }
  const live = usageOf(run, now);
  const usage: Usage = moment === 'past' ? { ...live, tone: 'past' } : live;
  const { kubernetes } = preview;
  return (
    <div className={styles.gauge}>
      {preview.capacity.basis === 'slots' ? (
        <>
          <Slots run={run} usage={usage} forecast={preview} />
          {kubernetes && (
            <Elsewhere run={run} usage={usage} forecast={kubernetes} />
          )}
        </>
      ) : (
        <>
          <Quota run={run} usage={usage} forecast={preview} of="cpu" />
          <Quota run={run} usage={usage} forecast={preview} of="memory" />
        </>
      )}
    </div>
  );
}

function Slots({ run, usage, forecast }: GaugeProps) {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const limit = forecast.capacity.slots ?? run.batchCount;
  const { peak } = usage;
  const shown = shownPeak({ run, usage, forecast });
  const waiting = tasksWaiting(run);
  return (
    <GaugeBar
      name={t('gauge.slots')}
      amount={t('gauge.of', {
        amount: String(usage.tasks),
        limit: String(limit),
        unit: '',
      })}
      limit={limit}
      own={usage.tasks}
      peak={shown?.tasks}
      tone={usage.tone}
      text={
        waiting > 0
          ? t('gauge.waiting', { count: waiting })
          : shown &&
            t(peak ? 'gauge.peakTasks' : 'gauge.willPeakTasks', {
              count: shown.tasks,
              process: shown.process,
            })
      }
    />
  );
}

/** The peak so far; before the first task, the one that is to come. */
function shownPeak({ run, usage, forecast }: GaugeProps): Peak | undefined {
  return (
    usage.peak ??
    (usage.tone === 'live'
      ? expectedPeak(run.predicted ?? forecast)
      : undefined)
  );
}

/** What the tasks at work would hold on Kubernetes. */
function Elsewhere({ run, usage, forecast }: GaugeProps) {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const limit = forecast.capacity.limit?.cpu ?? forecast.peak.cpu;
  const own = usage.holds ? resourcesOf(forecast, usage.tasks).cpu : 0;
  const shown = shownPeak({ run, usage, forecast });
  const peak = shown && resourcesOf(forecast, shown.tasks).cpu;
  return (
    <GaugeBar
      name={t('gauge.cpuOnKubernetes')}
      amount={t('gauge.of', {
        amount: formatCpu(own),
        limit: formatCpu(limit),
        unit: '',
      })}
      limit={limit}
      own={own}
      peak={peak}
      tone={usage.tone}
      text={
        peak === undefined
          ? undefined
          : t('gauge.wouldPeak', { amount: formatCpu(peak) })
      }
    />
  );
}

function Quota(props: GaugeProps & { readonly of: keyof Resources }) {
  const { run, usage, forecast, of } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const format = of === 'cpu' ? formatCpu : formatGib;
  const own = usage.holds ? resourcesOf(forecast, usage.tasks)[of] : 0;
  const others = heldByOthers(run, forecast, usage)[of];
  const limit = forecast.capacity.limit?.[of];
  const { peak } = usage;
  const shown = shownPeak({ run, usage, forecast });
  const ownPeak = shown ? resourcesOf(forecast, shown.tasks)[of] : 0;
  const waiting = tasksWaiting(run);
  return (
    <GaugeBar
      name={t(of === 'cpu' ? 'resources.cpu' : 'resources.memory')}
      amount={
        limit === undefined
          ? t('gauge.noQuota')
          : t('gauge.of', {
              amount: format(others + own),
              limit: format(limit),
              unit: of === 'cpu' ? '' : 'GiB',
            })
      }
      limit={limit ?? others + ownPeak}
      others={others}
      own={own}
      peak={shown && others + ownPeak}
      tone={usage.tone}
      text={
        waiting > 0 && of === 'cpu'
          ? t('gauge.waitingCpu', { count: waiting })
          : shown &&
            t(peakWords(of, peak), {
              amount: format(ownPeak),
              process: shown.process,
            })
      }
    />
  );
}

function peakWords(of: keyof Resources, peak: Peak | undefined) {
  if (of === 'cpu') {
    return peak ? 'gauge.peak' : 'gauge.willPeak';
  }
  return peak ? 'gauge.peakAlone' : 'gauge.willPeakAlone';
}
