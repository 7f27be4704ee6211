import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { BatchReport } from 'backstage-plugin-pipeline-demo-common';
import { pipelineDemoTranslationRef } from '../translation';
import styles from './BatchChart.module.css';
import { formatOverBar, type Measure } from './measures';
import { useSize } from './useSize';

const TOP = 18;
const BOTTOM = 18;
const WIDEST_BAR = 40;
const GAP = 8;
/** Bars nearer than this have no room for a number each. */
const LABELLED_SPACING = 44;

/** One bar per batch; bars start at zero. */
export function BatchChart(props: {
  readonly batches: readonly BatchReport[];
  readonly measure: Measure;
}) {
  const { batches, measure } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const [ref, { width, height }] = useSize({ width: 300, height: 136 });
  const spacing = width / batches.length;
  const barWidth = Math.max(4, Math.min(WIDEST_BAR, spacing - GAP));
  const floor = height - BOTTOM;
  const greatest = Math.max(...batches.map(batch => batch[measure]), 0) || 1;
  return (
    <div ref={ref} className={styles.frame}>
      <svg
        className={styles.chart}
        width={width}
        height={height}
        role="img"
        aria-label={t(`report.per.${measure}`)}
      >
        <path className={styles.floor} d={`M0 ${floor + 0.5}H${width}`} />
        {batches.map((batch, index) => {
          const x = (index + 0.5) * spacing;
          const value = Math.max(0, batch[measure]);
          const barHeight = ((floor - TOP) * value) / greatest;
          const label = formatOverBar(batch, measure);
          return (
            <g key={batch.batch}>
              <title>
                {t('report.bar', { batch: batch.batch, value: label })}
              </title>
              <rect
                className={styles.bar}
                x={x - barWidth / 2}
                y={floor - barHeight}
                width={barWidth}
                height={barHeight}
                rx="2"
              />
              {spacing >= LABELLED_SPACING && (
                <text className={styles.value} x={x} y={floor - barHeight - 6}>
                  {label}
                </text>
              )}
              <text className={styles.batch} x={x} y={height - 2}>
                {batch.batch}
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}
