import type { Rows } from './rows';
import { lowerBound } from './search';

/** Parts of the scrollbar's height that can have a mark of their own. */
const PARTS = 200;

/** Where along the scrollbar there are matches. */
export interface Marks {
  /** Into how many parts the log is divided. */
  readonly parts: number;
  /** Which of them have at least one match; counted from 0. */
  readonly marked: readonly number[];
}

/**
 * Costs the same for ten lines and for a million: it looks for the first match
 * in each part, and at no match more.
 *
 * @param hits - numbers of the lines that match, in order
 */
export function marksOf(rows: Rows, hits: readonly number[]): Marks {
  const { lineCount } = rows;
  const parts = Math.min(PARTS, lineCount);
  const startOf = (part: number) =>
    Math.floor((part * lineCount) / Math.max(1, parts));
  const marked: number[] = [];
  for (let part = 0; part < parts; part += 1) {
    const first = rows.numberAt(startOf(part));
    const end = part + 1 < parts ? rows.numberAt(startOf(part + 1)) : Infinity;
    if (hits[lowerBound(hits, first)] < end) {
      marked.push(part);
    }
  }
  return { parts, marked };
}
