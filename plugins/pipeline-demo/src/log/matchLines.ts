import type { ShownLines } from './rows';
import { lowerBound } from './search';

/** What is left of the lines when only matches are shown. */
export interface MatchLines {
  readonly lines: ShownLines;
  /** How many lines are not shown for that. */
  readonly hidden: number;
  /** Numbers of lines before which others are hidden, where it has to be seen. */
  readonly breaks: ReadonlySet<number>;
}

const NO_BREAKS: ReadonlySet<number> = new Set();

/**
 * The lines that match, with as many around each as are wanted.
 *
 * @param shown - the lines among which matches were looked for
 * @param hits - numbers of the lines that match, in order. One that only the
 *   store has seen may be missing from `shown`; it is shown all the same.
 * @param around - lines before and after each match; without any, each line
 *   stands for itself, and there are no breaks
 */
export function matchLines(
  shown: ShownLines,
  hits: readonly number[],
  around: number,
): MatchLines {
  const count = shown.type === 'all' ? shown.last : shown.numbers.length;
  if (shown.type === 'all' && around === 0) {
    return {
      lines: { type: 'some', numbers: hits },
      hidden: count - hits.length,
      breaks: NO_BREAKS,
    };
  }
  const numbers: number[] = [];
  const breaks = new Set<number>();
  /** The first place after all that is shown so far. */
  let next = 0;
  let unseen = 0;
  const show = (from: number, to: number) => {
    for (let place = Math.max(next, from); place < to; place += 1) {
      numbers.push(numberAt(shown, place));
    }
    next = Math.max(next, to);
  };
  hits.forEach((hit, index) => {
    const place = placeOf(shown, hit);
    const isSeen = place < count && numberAt(shown, place) === hit;
    const isApart = place - around > next;
    const before = numbers.length;
    show(place - around, place);
    if (isSeen) {
      show(place, place + 1);
    } else {
      numbers.push(hit);
      unseen += 1;
    }
    if (isApart && around > 0 && before > 0) {
      breaks.add(numbers[before]);
    }
    // What the next match brings itself comes in its own order.
    const isLast = index === hits.length - 1;
    const end = isLast ? count : placeOf(shown, hits[index + 1]);
    show(next, Math.min(place + around + (isSeen ? 1 : 0), end, count));
  });
  return {
    lines: { type: 'some', numbers },
    hidden: count - (numbers.length - unseen),
    breaks,
  };
}

function numberAt(shown: ShownLines, place: number): number {
  return shown.type === 'all' ? place + 1 : shown.numbers[place];
}

/** The place of a line, or where it would be. */
function placeOf(shown: ShownLines, line: number): number {
  return shown.type === 'all' ? line - 1 : lowerBound(shown.numbers, line);
}
