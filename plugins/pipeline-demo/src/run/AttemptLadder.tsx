import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  Attempt,
  PlannedSpan,
  Run,
  Task,
} from 'backstage-plugin-pipeline-demo-common';
import { pipelineDemoTranslationRef } from '../translation';
import styles from './AttemptLadder.module.css';
import { ladderOf } from './ladder';
import { clockText } from './wording';

const MS_PER_SECOND = 1_000;

/** When one attempt did what; what is still to come is "about". */
export function AttemptLadder(props: {
  readonly run: Run;
  readonly task: Task;
  /** Missing: the engine has made none yet. */
  readonly attempt?: Attempt;
  readonly number: number;
  readonly span?: PlannedSpan;
  /** Epoch milliseconds of the run's clock. */
  readonly now: number;
}) {
  const { attempt, number } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const steps = ladderOf(props);
  return (
    <section className={styles.attempt}>
      <div className={styles.head}>
        <h4 className={styles.title}>{t('task.attempt', { number })}</h4>
        <span className={styles.place}>
          {attempt?.place ?? t('task.noPod')}
        </span>
      </div>
      <ol className={styles.steps}>
        {steps.map(({ step, at, isForecast, after }) => (
          <li
            key={step}
            className={styles.step}
            data-done={!isForecast && at !== undefined}
          >
            <i className={styles.dot} />
            <span>{t(`task.step.${step}`)}</span>
            {after !== undefined && (
              <span className={styles.after}>
                {t('task.later', {
                  seconds: (after / MS_PER_SECOND).toFixed(1),
                })}
              </span>
            )}
            <span className={styles.time}>
              {at === undefined
                ? '–'
                : (isForecast && t('task.about', { time: clockText(at) })) ||
                  clockText(at)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
