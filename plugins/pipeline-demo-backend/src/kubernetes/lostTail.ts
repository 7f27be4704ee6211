import type { LogChunk, LogSource } from '../ports/Engine';
import { stampMs } from './logStamps';
import { drained, formatResumePoint } from './resumePoint';
import type { LogPosition } from './resumePoint';

/** What nobody can read any more, from the last line to now: the last chunk of a source. */
export function lostTail(
  source: LogSource,
  position: LogPosition,
  lost: {
    /** Nothing was written before; epoch milliseconds. */
    readonly startedAt: number;
    readonly now: number;
    readonly reason: string;
  },
): LogChunk {
  const { startedAt, now, reason } = lost;
  const { newest } = position;
  return {
    type: 'gap',
    source,
    from: Math.min(newest ? stampMs(newest) : startedAt, now),
    to: now,
    reason,
    resume: formatResumePoint(drained(position)),
  };
}
