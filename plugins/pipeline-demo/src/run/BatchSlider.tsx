import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Slider } from '@backstage/ui';
import Tooltip from '@material-ui/core/Tooltip';
import { BATCH_COUNT } from 'backstage-plugin-pipeline-demo-common';
import { pipelineDemoTranslationRef } from '../translation';
import { aboutDuration } from './about';
import styles from './BatchSlider.module.css';

const COUNTS = Array.from(
  { length: BATCH_COUNT.max - BATCH_COUNT.min + 1 },
  (_, index) => index + BATCH_COUNT.min,
);
const BAR_HEIGHT = 28;

/** Chooses 1 to 12 batches; the bars above are the forecast duration of each. */
export function BatchSlider(props: {
  readonly value: number;
  /** Seconds for N = 1 .. 12; missing while they are not known. */
  readonly durations?: readonly number[];
  onChange(value: number): void;
}) {
  const { value, durations } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const longest = Math.max(...(durations ?? [1]));
  return (
    <div>
      <div className={styles.head}>
        <span>
          <span className={styles.title}>{t('start.batches')}</span>{' '}
          <span className={styles.hint}>{t('start.bars')}</span>
        </span>
        <output className={styles.value}>{value}</output>
      </div>
      <div className={styles.bars} aria-hidden="true">
        {COUNTS.map((count, index) => {
          const seconds = durations?.[index];
          const label =
            seconds === undefined
              ? ''
              : t('start.bar', { count, duration: aboutDuration(seconds) });
          const height = seconds ? (seconds / longest) * BAR_HEIGHT : 4;
          return (
            <Tooltip key={count} title={label}>
              <button
                type="button"
                className={styles.column}
                tabIndex={-1}
                onClick={() => props.onChange(count)}
              >
                <i
                  className={count === value ? styles.chosen : styles.bar}
                  style={{ height: Math.round(height) }}
                />
              </button>
            </Tooltip>
          );
        })}
      </div>
      <Slider
        className={styles.slider}
        aria-label={t('start.batches')}
        minValue={BATCH_COUNT.min}
        maxValue={BATCH_COUNT.max}
        value={value}
        onChange={props.onChange}
      />
      <div className={styles.numbers} aria-hidden="true">
        {COUNTS.map(count => (
          <span
            key={count}
            className={count === value ? styles.number : undefined}
          >
            {count}
          </span>
        ))}
      </div>
    </div>
  );
}
