import type {
  LogLine,
  LogLineView,
} from 'backstage-plugin-pipeline-demo-common';
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../ports/Clock';
import type { LogStore } from '../ports/LogStore';
import type { LinePattern } from './linePattern';
import type { LineRange } from './logQuery';
import { readLines } from './readLines';
import { toLineView } from './runView';

/** One scan looks at no more lines than this. */
export const SCAN_LINES = 20_000;

/** One scan takes not much longer than this. */
const SCAN_MS = 200;

/** What one scan found. */
export interface LogMatches {
  readonly matches: readonly LogLineView[];
  readonly scannedFrom: number;
  readonly scannedTo: number;
  /** Where the next scan goes on; missing when done. */
  readonly cursor?: number;
  readonly done: boolean;
}

/** What a scan works with. */
export interface SearchDeps {
  readonly logs: LogStore;
  readonly clock: Clock;
}

/**
 * Looks for lines in one bounded scan: it ends after so many matches, lines or
 * milliseconds, whichever is first, and at the latest with `lastLine`.
 */
export async function searchLog(
  { logs, clock }: SearchDeps,
  runId: string,
  options: {
    readonly range: LineRange;
    readonly pattern: LinePattern;
    readonly limit: number;
    readonly lastLine: number;
    readonly signal: AbortSignal;
  },
): Promise<LogMatches> {
  const { range, pattern, limit, lastLine, signal } = options;
  const end = Math.min(range.to ?? lastLine, lastLine);
  const scanEnd = Math.min(end, range.from + SCAN_LINES - 1);
  const stopAt = clock.now() + SCAN_MS;
  const matches: LogLineView[] = [];

  /** @returns the line at which there is enough */
  const lookAt = (lines: readonly LogLine[]): number | undefined => {
    for (const line of lines) {
      if (pattern(line.text)) {
        matches.push(toLineView(line));
      }
      if (matches.length >= limit || clock.now() >= stopAt) {
        return line.line;
      }
    }
    return undefined;
  };

  let scannedTo = range.from - 1;
  const wanted = { ...range, to: scanEnd };
  for await (const page of readLines(logs, runId, wanted, lastLine, signal)) {
    const stoppedAt = lookAt(page.lines);
    scannedTo = stoppedAt ?? page.to;
    if (stoppedAt !== undefined) {
      break;
    }
    // Others have their turn: a page may come from memory, without a wait.
    await setImmediate();
  }

  const done = scannedTo >= end;
  return {
    matches,
    scannedFrom: range.from,
    scannedTo,
    cursor: done ? undefined : scannedTo + 1,
    done,
  };
}
