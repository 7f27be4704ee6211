import { lowerBound } from './search';
import type { SystemRow } from './systemRows';

/** A row of the list. */
export type Row =
  | { readonly type: 'line'; readonly line: number }
  | { readonly type: 'system'; readonly row: SystemRow };

/** Tells rows apart: a line's number, or the key of what the log says by itself. */
export type RowKey = number | string;

/** The rows of the log, by place: lines, and what the log says by itself between them. */
export interface Rows {
  readonly length: number;
  at(index: number): Row;
  keyAt(index: number): RowKey;
  /**
   * The same two values, one by one, until a row that was there has another
   * place; rows that come at the end change neither.
   */
  readonly arrangement: readonly [lines: unknown, system: string];
  /** The place of a line; of the next one that is shown, if it is not. */
  indexOfLine(line: number): number;
  /** How many lines are shown, without the system's rows. */
  readonly lineCount: number;
  /** The number of the line at a place among the lines alone. */
  numberAt(place: number): number;
  /** How many of the lines shown have a higher number. */
  countAfter(line: number): number;
}

/** Which lines: all from 1 to `last`, or these numbers, in order. */
export type ShownLines =
  | { readonly type: 'all'; readonly last: number }
  | { readonly type: 'some'; readonly numbers: readonly number[] };

/** @param system - in the order of the log */
export function makeRows(
  lines: ShownLines,
  system: readonly SystemRow[],
): Rows {
  const lineCount = lines.type === 'all' ? lines.last : lines.numbers.length;
  const numberAt = (place: number) =>
    lines.type === 'all' ? place + 1 : lines.numbers[place];
  /** How many of the lines shown have a number below this one. */
  const countBefore = (line: number) =>
    lines.type === 'all'
      ? Math.min(lines.last, Math.max(0, line - 1))
      : lowerBound(lines.numbers, line);
  // A row of the system stands behind its lines and those of its own before it.
  const places = system.map(
    ({ afterLine }, index) => countBefore(afterLine + 1) + index,
  );
  return {
    length: lineCount + system.length,
    lineCount,
    numberAt,
    at(index) {
      const before = lowerBound(places, index);
      return places[before] === index
        ? { type: 'system', row: system[before] }
        : { type: 'line', line: numberAt(index - before) };
    },
    keyAt(index) {
      const before = lowerBound(places, index);
      return places[before] === index
        ? system[before].key
        : numberAt(index - before);
    },
    arrangement: [
      lines.type === 'all' ? 'all' : lines.numbers,
      system.map(({ key }, index) => `${places[index]} ${key}`).join('\n'),
    ],
    indexOfLine(line) {
      const before = countBefore(line);
      const systemBefore = system.filter(
        ({ afterLine }) => countBefore(afterLine + 1) <= before,
      ).length;
      return Math.min(
        before + systemBefore,
        Math.max(0, lineCount + system.length - 1),
      );
    },
    countAfter: line => lineCount - countBefore(line + 1),
  };
}
