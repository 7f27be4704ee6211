import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  pastDurations,
  type ProcessName,
  type Run,
  type RunView,
} from 'backstage-plugin-pipeline-demo-common';
import { useHistory } from '../state/useHistory';
import { pipelineDemoTranslationRef } from '../translation';
import styles from './CompareWith.module.css';
import { signOf } from './forecastError';
import { runFromView } from './runFromView';
import { runSeconds } from './taskLook';

const MOST_RUNS = 20;

/** Another run, and seconds a task of each process took in it. */
export interface Compared {
  readonly run: RunView;
  readonly seconds?: Readonly<Record<ProcessName, number>>;
}

/** Chooses an earlier run, and says how this one differs from it. */
export function CompareWith(props: {
  readonly run: Run;
  readonly compared?: Compared;
  onCompare(compared: Compared | undefined): void;
}) {
  const { run, compared, onCompare } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const { runs = [] } = useHistory({ limit: MOST_RUNS });
  const others = runs.filter(
    other => other.phase === 'succeeded' && other.id !== run.id,
  );
  if (others.length === 0) {
    return null;
  }
  const choose = (id: string) => {
    const other = others.find(one => one.id === id);
    onCompare(
      other && {
        run: other,
        seconds: pastDurations([runFromView(other)])?.seconds,
      },
    );
  };
  return (
    <div className={styles.compare}>
      <label className={styles.label}>
        {t('forecast.compare')}
        <select
          className={styles.select}
          value={compared?.run.id ?? ''}
          onChange={event => choose(event.target.value)}
        >
          <option value="">{t('forecast.none')}</option>
          {others.map(other => (
            <option key={other.id} value={other.id}>
              {t('forecast.other', {
                run: other.id,
                count: other.batchCount,
              })}
            </option>
          ))}
        </select>
      </label>
      {compared && <Difference run={run} other={compared.run} />}
    </div>
  );
}

function Difference(props: { readonly run: Run; readonly other: RunView }) {
  const { run, other } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const seconds =
    runSeconds(run, run.finishedAt ?? run.createdAt) -
    (other.durationSeconds ?? 0);
  return (
    <span role="status">
      {t('forecast.duration')}{' '}
      <b>
        {t('forecast.difference', {
          sign: signOf(seconds),
          seconds: Math.abs(seconds).toFixed(1),
        })}
      </b>
    </span>
  );
}
