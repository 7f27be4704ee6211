import type { LogTask } from 'backstage-plugin-pipeline-demo-common';
import type { ResumePoint } from '../ports/Engine';
import { formatSecond, formatStamp, isAfter, parseStamp } from './logStamps';
import type { Stamp } from './logStamps';

/*
 * A container's log can be asked for from a time on, in whole seconds, and
 * what comes are the lines with this time or a later one, in the order in
 * which they were written. So reading goes on where it was if one knows how
 * many lines with this time or a later one have been taken: equal lines, and
 * equal times, do not matter.
 *
 * The time asked for is one second before the newest one seen, because two
 * streams write into one log: a line of stderr may stand before a line of
 * stdout that is some microseconds older.
 */

const NO_TIME = '-';

/** How far the log of a container has been read. */
export interface LogPosition {
  /** Known from the resume point even when the pod is gone. */
  readonly task: LogTask;
  /** The newest time of a line that was taken; missing before the first line. */
  readonly newest?: Stamp;
  /** Lines that were taken with a time in the newest second. */
  readonly inSecond: number;
  /** Lines that were taken with a time in the second before it. */
  readonly inSecondBefore: number;
  /** "drained" when there is nothing more to come. */
  readonly state: 'open' | 'drained';
}

/** Before the first line. */
export function beginOf(task: LogTask): LogPosition {
  return { task, inSecond: 0, inSecondBefore: 0, state: 'open' };
}

/** After one more line. */
export function afterLine(position: LogPosition, stamp: Stamp): LogPosition {
  const { newest } = position;
  const later = newest ? stamp.second - newest.second : Infinity;
  if (!newest || later > 0) {
    const inSecondBefore = later === 1 ? position.inSecond : 0;
    return { ...position, newest: stamp, inSecond: 1, inSecondBefore };
  }
  const latest = isAfter(stamp, newest) ? stamp : newest;
  switch (later) {
    case 0:
      return { ...position, newest: latest, inSecond: position.inSecond + 1 };
    case -1:
      return { ...position, inSecondBefore: position.inSecondBefore + 1 };
    default:
      return position; // Too old to come again.
  }
}

/** After the last line. */
export function drained(position: LogPosition): LogPosition {
  return { ...position, state: 'drained' };
}

/** The time to ask for, RFC 3339 in whole seconds; undefined: everything. */
export function sinceTime({ newest }: LogPosition): string | undefined {
  return newest && formatSecond(newest.second - 1);
}

/** How many of the lines since that time were taken before. */
export function linesTaken(position: LogPosition): number {
  return position.inSecond + position.inSecondBefore;
}

/** As it is stored: "GENERATE:2 2026-11-24T13:10:14.846079296Z 5 37 open". */
export function formatResumePoint(position: LogPosition): ResumePoint {
  const { task, newest, inSecondBefore, inSecond, state } = position;
  const time = newest ? formatStamp(newest) : NO_TIME;
  return [task, time, inSecondBefore, inSecond, state].join(' ');
}

/** @throws Error when the text is not a resume point of ours */
export function parseResumePoint(text: ResumePoint): LogPosition {
  const [task, time, inSecondBefore, inSecond, state] = text.split(' ');
  const newest = time === undefined ? undefined : parseStamp(time);
  const isKnown = newest !== undefined || time === NO_TIME;
  if (!isKnown || (state !== 'open' && state !== 'drained')) {
    throw new Error(`Not a resume point of a container's log: ${text}`);
  }
  return {
    ...beginOf(task),
    ...(newest && { newest }),
    inSecondBefore: Number(inSecondBefore),
    inSecond: Number(inSecond),
    state,
  };
}
