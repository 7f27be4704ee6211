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
  holdsResources,
  peakOf,
  resourcesOf,
  tasksAtWork,
  tasksWaiting,
} from './usage';

interface GaugeProps {
  readonly run: Run;
  /** Epoch milliseconds of the run's clock. */
  readonly now: number;
}

/** What the run holds of what there is, now and at its peak. */
export function QuotaGauge(
  props: GaugeProps & { readonly preview?: PreviewView },
) {
  const { preview } = props;
  if (!preview) {
    return (
      <div className={styles.gauge}>
        <Skeleton height={46} />
        <Skeleton height={46} />
      </div>
    );
  }
  return (
    <div className={styles.gauge}>
      {preview.capacity.basis === 'slots' ? (
        <>
          <Slots {...props} forecast={preview} />
          {preview.kubernetes && (
            <Elsewhere {...props} forecast={preview.kubernetes} />
          )}
        </>
      ) : (
        <>
          <Quota {...props} forecast={preview} of="cpu" />
          <Quota {...props} forecast={preview} of="memory" />
        </>
      )}
    </div>
  );
}

type ForecastProps = GaugeProps & { readonly forecast: Forecast };

function Slots({ run, now, forecast }: ForecastProps) {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const limit = forecast.capacity.slots ?? run.batchCount;
  const busy = holdsResources(run) ? tasksAtWork(run) : 0;
  const waiting = tasksWaiting(run);
  const peak = peakOf(run, now);
  return (
    <GaugeBar
      name={t('gauge.slots')}
      amount={t('gauge.of', {
        amount: String(busy),
        limit: String(limit),
        unit: '',
      })}
      limit={limit}
      own={busy}
      peak={peak?.tasks}
      text={
        waiting > 0
          ? t('gauge.waiting', { count: waiting })
          : peak && t('gauge.peakTasks', { count: peak.tasks, ...peak })
      }
    />
  );
}

/** What the tasks at work would hold on Kubernetes. */
function Elsewhere({ run, now, forecast }: ForecastProps) {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const limit = forecast.capacity.limit?.cpu ?? forecast.peak.cpu;
  const own = holdsResources(run)
    ? resourcesOf(forecast, tasksAtWork(run)).cpu
    : 0;
  const peak = peakOf(run, now);
  const peakCpu = peak && resourcesOf(forecast, peak.tasks).cpu;
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
      peak={peakCpu}
      text={
        peakCpu === undefined
          ? undefined
          : t('gauge.wouldPeak', { amount: formatCpu(peakCpu) })
      }
    />
  );
}

function Quota(props: ForecastProps & { readonly of: keyof Resources }) {
  const { run, now, forecast, of } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const format = of === 'cpu' ? formatCpu : formatGib;
  const unit = of === 'cpu' ? '' : 'GiB';
  const own = holdsResources(run)
    ? resourcesOf(forecast, tasksAtWork(run))[of]
    : 0;
  const used = forecast.capacity.used?.[of] ?? 0;
  const others = Math.max(0, used - own);
  const limit = forecast.capacity.limit?.[of];
  const peak = peakOf(run, now);
  const ownPeak = peak ? resourcesOf(forecast, peak.tasks)[of] : 0;
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
              unit,
            })
      }
      limit={limit ?? others + ownPeak}
      others={others}
      own={own}
      peak={others + ownPeak}
      text={
        waiting > 0 && of === 'cpu'
          ? t('gauge.waitingCpu', { count: waiting })
          : peak &&
            t('gauge.peak', { amount: format(ownPeak), process: peak.process })
      }
    />
  );
}
