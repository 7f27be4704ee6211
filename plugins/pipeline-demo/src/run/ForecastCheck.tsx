import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  PROCESS_NAMES,
  pastDurations,
  type Forecast,
  type ProcessName,
  type Run,
} from 'backstage-plugin-pipeline-demo-common';
import { useState } from 'react';
import { pipelineDemoTranslationRef } from '../translation';
import { CompareWith, type Compared } from './CompareWith';
import styles from './ForecastCheck.module.css';
import { isFarOff, percentOff, signOf } from './forecastError';

/** What a task of each process was predicted to take, and took. */
export function ForecastCheck(props: {
  readonly run: Run;
  readonly forecast: Forecast;
}) {
  const { run, forecast } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const [compared, setCompared] = useState<Compared>();
  const predicted = forecast.durations.seconds;
  const actual = pastDurations([settled(run)])?.seconds;
  if (!actual) {
    return null;
  }
  const other = compared?.seconds;
  const longest = Math.max(
    ...PROCESS_NAMES.flatMap(name => [predicted[name], actual[name]]),
  );
  const { basis } = forecast.durations;
  return (
    <div className={styles.check}>
      <div className={styles.head}>
        <h4 className={styles.title}>{t('forecast.title')}</h4>
        <ul className={styles.legend}>
          <li>
            <i className={styles.predicted} />
            {t('forecast.predicted')}
          </li>
          <li>
            <i className={styles.actual} />
            {t('forecast.actual')}
          </li>
        </ul>
      </div>
      {PROCESS_NAMES.map(name => (
        <Pair
          key={name}
          name={name}
          predicted={predicted[name]}
          actual={actual[name]}
          longest={longest}
          other={other?.[name]}
        />
      ))}
      <p className={styles.note}>
        {t('forecast.learned', {
          count: basis.type === 'history' ? basis.runs : 1,
        })}
      </p>
      <CompareWith run={run} compared={compared} onCompare={setCompared} />
    </div>
  );
}

/** While it is cleaned up, what its tasks took is known already. */
function settled(run: Run): Run {
  return run.outcome?.type === 'succeeded'
    ? { ...run, phase: 'succeeded' }
    : run;
}

function Pair(props: {
  readonly name: ProcessName;
  readonly predicted: number;
  readonly actual: number;
  readonly longest: number;
  /** Seconds in the run that it is compared with. */
  readonly other?: number;
}) {
  const { name, predicted, actual, longest, other } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const width = (seconds: number) => `${(100 * seconds) / longest}%`;
  const off = percentOff(predicted, actual);
  return (
    <div className={styles.pair}>
      <span className={styles.name}>{name}</span>
      <span className={styles.bars} aria-hidden="true">
        <i className={styles.predicted} style={{ width: width(predicted) }} />
        <i className={styles.actual} style={{ width: width(actual) }} />
      </span>
      <span className={styles.seconds}>
        {t('forecast.seconds', {
          predicted: predicted.toFixed(1),
          actual: actual.toFixed(1),
        })}
      </span>
      <span className={styles.off} data-far={isFarOff(off)}>
        {other === undefined
          ? t('forecast.error', { sign: signOf(off), percent: Math.abs(off) })
          : t('forecast.difference', {
              sign: signOf(actual - other),
              seconds: Math.abs(actual - other).toFixed(1),
            })}
      </span>
    </div>
  );
}
