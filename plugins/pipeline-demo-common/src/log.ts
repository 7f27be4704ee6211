import type { TaskId } from './task';

/** Whose output a line is. @public */
export type LogTask = TaskId | 'driver';

/** One line before it has a number. `at` is epoch milliseconds of the source. @public */
export interface RawLine {
  readonly at: number;
  readonly text: string;
  /** Bytes that were cut from an over-long line. */
  readonly cut?: number;
}

/** `line` is dense over the whole run: 1, 2, 3, ... @public */
export interface LogLine extends RawLine {
  readonly line: number;
  readonly task: LogTask;
}

/** Everything up to here is mine: events up to `event`, lines up to `line`. @public */
export interface Cursor {
  readonly run: string;
  readonly event: number;
  readonly line: number;
}
