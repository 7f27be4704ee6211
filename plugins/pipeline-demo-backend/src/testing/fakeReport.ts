import type { Report } from 'backstage-plugin-pipeline-demo-common';

/** A report of a run with so many batches. */
export function fakeReport(batchCount: number): Report {
  const numbers = { rows: 100, sum: 5000, mean: 50, min: 1, max: 99 };
  return {
    v: 1,
    generatedAt: '2024-01-01T00:00:00.000Z',
    batchCount,
    totals: numbers,
    batches: Array.from({ length: batchCount }, (_, index) => ({
      ...numbers,
      batch: index + 1,
      stdDev: 10,
    })),
  };
}
