import type { LogLine } from 'backstage-plugin-pipeline-demo-common';
import type { LogStore } from '../ports/LogStore';
import type { LineRange } from './logQuery';

/** Lines that are in memory at once, for each reader. */
export const PAGE_LINES = 1_000;

/** A page as it was read, and those of its lines that are wanted. */
export interface LinePage {
  /** Number of the page's last line. */
  readonly to: number;
  /** Lines of the wanted tasks, in order. */
  readonly lines: readonly LogLine[];
}

/**
 * Reads a range in bounded pages, up to the last line, which is given: a log
 * that grows meanwhile does not make it endless.
 */
export async function* readLines(
  logs: LogStore,
  runId: string,
  range: LineRange,
  lastLine: number,
  signal: AbortSignal,
): AsyncGenerator<LinePage> {
  const end = Math.min(range.to ?? lastLine, lastLine);
  let from = range.from;
  while (from <= end && !signal.aborted) {
    const to = Math.min(from + PAGE_LINES - 1, end);
    const lines = await logs.read(runId, { from, to, limit: PAGE_LINES });
    yield {
      to,
      lines: range.tasks
        ? lines.filter(line => range.tasks?.has(line.task))
        : lines,
    };
    from = to + 1;
  }
}
