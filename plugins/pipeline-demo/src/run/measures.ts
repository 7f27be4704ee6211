import type { BatchReport } from 'backstage-plugin-pipeline-demo-common';

/** What the bars of the report may show. */
export type Measure = 'rows' | 'sum' | 'mean';

/** Below this a number is short enough to be written in full. */
const IN_FULL = 100_000;
const MILLION = 1_000_000;

/** `500,000`; up to two decimals. */
export function formatFigure(value: number): string {
  return value.toLocaleString(undefined, { maximumFractionDigits: 2 });
}

/** `499.61`: always two decimals, so that columns line up. */
export function formatMean(value: number): string {
  return value.toLocaleString(undefined, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });
}

/** Short enough to stand over a bar: `59.1 M`, `104,880`, `499.62`. */
export function formatOverBar(batch: BatchReport, measure: Measure): string {
  const value = batch[measure];
  if (measure === 'mean') {
    return formatMean(value);
  }
  if (Math.abs(value) >= MILLION) {
    return `${(value / MILLION).toFixed(1)} M`;
  }
  return Math.abs(value) >= IN_FULL
    ? `${Math.round(value / 1000)} k`
    : formatFigure(Math.round(value));
}
