import { quantile } from './quantile.ts';

/** What one benchmark has found. */
export interface Finding {
  readonly title: string;
  readonly measures: readonly Measure[];
  /** The lines behind the measures, of tasks and driver. */
  readonly lines: { readonly written: number; readonly received: number };
}

/** One row of the table. */
export interface Measure {
  readonly what: string;
  /** At a viewer, over HTTP and WebSocket. */
  readonly viewer: string;
  /** At who reads the same file, in the same run; missing where there is no such thing. */
  readonly floor?: string;
}

/** Milliseconds: half of the values are below the first, 95 of 100 below the second. */
export function spread(values: readonly number[]): string {
  const [half, most] = [0.5, 0.95].map(part =>
    quantile(values, part).toFixed(0),
  );
  return `${half} / ${most} ms`;
}
