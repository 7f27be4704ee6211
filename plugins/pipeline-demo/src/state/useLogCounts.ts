import type { LogTask } from 'backstage-plugin-pipeline-demo-common';
import { useEffect, useState } from 'react';
import type { LogBuffer } from './LogBuffer';
import { perFrame } from './perFrame';

/** Nobody reads a number that changes more often. */
const COUNT_MS = 250;

/** How many lines there are, and how many of each task. */
export interface LogCounts {
  readonly total: number;
  readonly ofTask: ReadonlyMap<LogTask, number>;
}

/** The counts of a log; renders again a few times a second at most. */
export function useLogCounts(buffer: LogBuffer): LogCounts {
  const [counts, setCounts] = useState(() => countsOf(buffer));
  useEffect(() => {
    let countedAt = -Infinity;
    const waitMs = () => Math.max(0, countedAt + COUNT_MS - performance.now());
    const count = () => {
      countedAt = performance.now();
      setCounts(countsOf(buffer));
    };
    const later = perFrame(count, waitMs);
    // The buffer tells in a frame: what may be drawn now needs no other one.
    const onLines = () => (waitMs() === 0 ? count() : later.request());
    // Lines may have come since the first drawing.
    setCounts(old => (old.total === buffer.lastLine ? old : countsOf(buffer)));
    const unsubscribe = buffer.subscribe(onLines);
    return () => {
      unsubscribe();
      later.cancel();
    };
  }, [buffer]);
  return counts;
}

function countsOf(buffer: LogBuffer): LogCounts {
  return { total: buffer.lastLine, ofTask: buffer.counts() };
}
