import type { AnsiSegment } from './ansi';
import type { MatchRange } from './search';
import type { AnsiStyle } from './sgr';

/** A part of a line that looks the same and does the same throughout. */
export interface Piece {
  readonly text: string;
  readonly style: AnsiStyle;
  /** It is a part of what was searched. */
  readonly marked: boolean;
  /** It is a part of this address. */
  readonly href?: string;
}

/**
 * Cuts a line wherever its style, a search match or an address begins or ends.
 *
 * @param marks - matches, in order, by place in the text without escapes
 * @param links - addresses, likewise
 */
export function pieces(
  segments: readonly AnsiSegment[],
  marks: readonly MatchRange[],
  links: readonly MatchRange[],
): readonly Piece[] {
  if (marks.length === 0 && links.length === 0) {
    return segments.map(segment => ({ ...segment, marked: false }));
  }
  const text = segments.map(segment => segment.text).join('');
  let at = 0;
  return segments.flatMap(({ text: { length }, style }) => {
    const ends = cutsBetween(at, at + length, [...marks, ...links]);
    return ends.map(end => {
      const from = at;
      at = end;
      const link = rangeAt(links, from);
      return {
        text: text.slice(from, end),
        style,
        marked: rangeAt(marks, from) !== undefined,
        href: link && text.slice(...link),
      };
    });
  });
}

/** Where the parts of a stretch of text end: at each end of a range, and at its own. */
function cutsBetween(
  from: number,
  to: number,
  ranges: readonly MatchRange[],
): readonly number[] {
  const cuts = ranges.flat().filter(cut => cut > from && cut < to);
  return [...new Set([...cuts, to])].sort((a, b) => a - b);
}

function rangeAt(
  ranges: readonly MatchRange[],
  at: number,
): MatchRange | undefined {
  return ranges.find(([from, to]) => from <= at && at < to);
}
