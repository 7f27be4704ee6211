import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  Forecast,
  ProcessForecast,
  Resources,
} from 'backstage-plugin-pipeline-demo-common';
import { pipelineDemoTranslationRef } from '../translation';
import { formatCpu, formatGib } from './amounts';
import styles from './ResourceBars.module.css';

/** CPU and memory that a run will need at its peak, against what there is. */
export function ResourceBars(props: { readonly forecast: Forecast }) {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  return (
    <div className={styles.bars}>
      <ResourceBar
        {...props}
        name={t('resources.cpu')}
        of="cpu"
        unit=""
        format={formatCpu}
      />
      <ResourceBar
        {...props}
        name={t('resources.memory')}
        of="memory"
        unit="GiB"
        format={formatGib}
      />
    </div>
  );
}

function ResourceBar(props: {
  readonly forecast: Forecast;
  readonly name: string;
  readonly of: keyof Resources;
  readonly unit: string;
  readonly format: (amount: number) => string;
}) {
  const { forecast, of, format, unit } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const used = forecast.capacity.used?.[of] ?? 0;
  const limit = forecast.capacity.limit?.[of];
  const need = forecast.peak[of];
  const scale = Math.max(limit ?? 0, used + need);
  const over = limit !== undefined && used + need > limit;
  const peak = format(used + need);
  return (
    <div className={styles.bar} data-over={over}>
      <div className={styles.head}>
        <span className={styles.name}>{props.name}</span>
        <span>
          {limit === undefined
            ? t('resources.peak', { peak, unit })
            : t('resources.peakOf', { peak, limit: format(limit), unit })}
        </span>
      </div>
      <div className={styles.track}>
        <i className={styles.used} style={{ width: percent(used, scale) }} />
        <i
          className={styles.need}
          style={{ left: percent(used, scale), width: percent(need, scale) }}
        />
        {over && (
          <i className={styles.limit} style={{ left: percent(limit, scale) }} />
        )}
      </div>
      <div className={styles.text}>
        {used > 0
          ? t('resources.usedAndRun', {
              used: format(used),
              need: format(need),
              process: busiest(forecast.processes, of),
            })
          : t('resources.run', {
              need: format(need),
              process: busiest(forecast.processes, of),
            })}
      </div>
    </div>
  );
}

function busiest(
  processes: readonly ProcessForecast[],
  of: keyof Resources,
): string {
  return processes.reduce((most, process) =>
    process.peak[of] > most.peak[of] ? process : most,
  ).process;
}

function percent(part: number, whole: number): string {
  return whole > 0 ? `${(100 * part) / whole}%` : '0%';
}
