/** What ANALYZE found in one batch. @public */
export interface BatchReport {
  readonly batch: number;
  readonly rows: number;
  readonly sum: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  /** Population standard deviation. */
  readonly stdDev: number;
}

/**
 * The content of `report.json`, exactly as `workflows/bin/report` writes it.
 *
 * @public
 */
export interface Report {
  readonly v: 1;
  /** UTC, ISO 8601. */
  readonly generatedAt: string;
  readonly batchCount: number;
  readonly totals: {
    readonly rows: number;
    readonly sum: number;
    readonly mean: number;
    readonly min: number;
    readonly max: number;
  };
  /** In batch order, one per batch. */
  readonly batches: readonly BatchReport[];
}

/** What stands before the report's JSON in REPORT's log: the fallback of the engines. @public */
export const REPORT_MARK = '@report ';

/**
 * Reads a report.
 *
 * @returns the report, or the sentence that says what is wrong with it
 * @public
 */
export function parseReport(
  text: string,
):
  | { readonly type: 'report'; readonly report: Report }
  | { readonly type: 'unreadable'; readonly message: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return {
      type: 'unreadable',
      message: `The report is not JSON: ${(error as Error).message}`,
    };
  }
  return isReport(value)
    ? { type: 'report', report: value }
    : {
        type: 'unreadable',
        message: 'The report has not the shape of version 1.',
      };
}

function isReport(value: unknown): value is Report {
  const report = value as Report;
  return (
    typeof value === 'object' &&
    value !== null &&
    report.v === 1 &&
    typeof report.generatedAt === 'string' &&
    Number.isInteger(report.batchCount) &&
    hasNumbers(report.totals, ['rows', 'sum', 'mean', 'min', 'max']) &&
    Array.isArray(report.batches) &&
    report.batches.length === report.batchCount &&
    report.batches.every(
      (batch, index) =>
        hasNumbers(batch, ['rows', 'sum', 'mean', 'min', 'max', 'stdDev']) &&
        batch.batch === index + 1,
    )
  );
}

function hasNumbers(value: unknown, keys: readonly string[]): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    keys.every(key => Number.isFinite((value as Record<string, unknown>)[key]))
  );
}
