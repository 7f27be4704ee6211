import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  BATCH_COUNT,
  durationsByBatchCount,
  formatDuration,
  type Forecast,
  type Run,
} from 'backstage-plugin-pipeline-demo-common';
import { useMemo } from 'react';
import { pipelineDemoTranslationRef } from '../translation';
import { aboutDuration } from './about';
import styles from './DurationCurve.module.css';
import { runSeconds } from './taskLook';
import { useSize } from './useSize';

const LEFT = 34;
const RIGHT = 12;
const TOP = 18;
const BOTTOM = 18;
/** About, in pixels: a label stays inside. */
const LABEL_WIDTH = 32;
/** Which other run is told: a greater one, or a smaller one than a great one. */
const OTHERS = { great: 8, small: 4 } as const;
const STEPS_SECONDS = [5, 10, 15, 30, 60, 120, 300, 600];
const MOST_LINES = 3;

/** The forecast for 1 to 12 batches, and where this run came to lie. */
export function DurationCurve(props: {
  readonly run: Run;
  readonly forecast: Forecast;
}) {
  const { run, forecast } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const [ref, { width, height }] = useSize({ width: 300, height: 120 });
  const durations = useMemo(() => durationsOf(forecast), [forecast]);
  const took = runSeconds(run, run.finishedAt ?? run.createdAt);
  const most = Math.max(took, ...durations) * 1.1;
  const x = (batches: number) =>
    LEFT + ((width - LEFT - RIGHT) * (batches - 1)) / (BATCH_COUNT.max - 1);
  const y = (seconds: number) =>
    height - BOTTOM - ((height - TOP - BOTTOM) * seconds) / most;
  const other = run.batchCount < OTHERS.great ? OTHERS.great : OTHERS.small;
  const otherDuration = aboutDuration(durations[other - 1]);
  const basis = forecast.capacity.basis;
  const ownLabel = besideCurve(
    { x: x(run.batchCount), y: y(took) },
    took < durations[run.batchCount - 1] && y(took) + 18 < y(0)
      ? 'under'
      : 'over',
    width,
  );
  return (
    <section className={styles.curve}>
      <div className={styles.head}>
        <h4 className={styles.title}>{t('forecast.curve')}</h4>
        <span className={styles.quiet}>
          {basis === 'slots' ? t('forecast.onSlots') : t('forecast.onQuota')}
        </span>
      </div>
      <div ref={ref} className={styles.frame}>
        <svg
          className={styles.drawing}
          width={width}
          height={height}
          role="img"
          aria-label={t('forecast.curveText', {
            batches: run.batchCount,
            duration: formatDuration(took),
            others: String(other),
            otherDuration,
          })}
        >
          {gridLines(most).map(seconds => (
            <g key={seconds}>
              <path
                className={styles.grid}
                d={`M${LEFT} ${y(seconds)}H${width - RIGHT}`}
              />
              <text className={styles.tick} x="0" y={y(seconds) + 4}>
                {formatDuration(seconds)}
              </text>
            </g>
          ))}
          <path
            className={styles.floor}
            d={`M${LEFT} ${y(0)}H${width - RIGHT}`}
          />
          <path
            className={styles.line}
            d={durations
              .map(
                (seconds, index) =>
                  `${index === 0 ? 'M' : 'L'}${x(index + 1)} ${y(seconds)}`,
              )
              .join('')}
          />
          {[1, 3, 5, 8, 10, 12].map(batches => (
            <text
              key={batches}
              className={styles.batches}
              x={x(batches)}
              y={height - 2}
            >
              {batches}
            </text>
          ))}
          <circle
            className={styles.other}
            cx={x(other)}
            cy={y(durations[other - 1])}
            r="4"
          />
          <text
            className={styles.label}
            x={x(other) - 4}
            y={y(durations[other - 1]) + 16}
          >
            {t('forecast.would', { batches: other, duration: otherDuration })}
          </text>
          <circle
            className={styles.own}
            cx={x(run.batchCount)}
            cy={y(took)}
            r="4.5"
          />
          <text className={styles.ownLabel} {...ownLabel}>
            {formatDuration(took)}
          </text>
        </svg>
      </div>
    </section>
  );
}

/** The curve only rises: over it there is room at the left, under it at the right. */
function besideCurve(
  point: { readonly x: number; readonly y: number },
  side: 'over' | 'under',
  width: number,
) {
  return side === 'over'
    ? {
        x: Math.max(point.x + 6, LABEL_WIDTH),
        y: point.y - 9,
        textAnchor: 'end' as const,
      }
    : {
        x: Math.min(point.x - 6, width - LABEL_WIDTH),
        y: point.y + 18,
        textAnchor: 'start' as const,
      };
}

function durationsOf(forecast: Forecast): readonly number[] {
  const { engine, worker, driver, capacity, durations } = forecast;
  return durationsByBatchCount({
    engine,
    footprint: { worker, driver },
    capacity,
    durations,
  });
}

/** A few round numbers of seconds up to the most. */
function gridLines(most: number): number[] {
  const step = STEPS_SECONDS.find(one => most / one <= MOST_LINES) ?? most;
  return Array.from(
    { length: Math.floor(most / step) },
    (_, index) => (index + 1) * step,
  );
}
