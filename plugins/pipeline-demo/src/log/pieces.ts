import type { AnsiSegment } from './ansi';
import type { LinkTarget, TextLink } from './links';
import type { MatchRange } from './search';
import type { AnsiStyle } from './sgr';

/** A part of a line that looks the same and does the same throughout. */
export interface Piece {
  readonly text: string;
  readonly style: AnsiStyle;
  /** It is a part of what was searched. */
  readonly marked: boolean;
  /** It is a part of what leads there. */
  readonly target?: LinkTarget;
}

/**
 * Cuts a line wherever its style, a search match or a link begins or ends.
 *
 * @param marks - matches, in order, by place in the text without escapes
 * @param links - likewise
 */
export function pieces(
  segments: readonly AnsiSegment[],
  marks: readonly MatchRange[],
  links: readonly TextLink[],
): readonly Piece[] {
  if (marks.length === 0 && links.length === 0) {
    return segments.map(segment => ({ ...segment, marked: false }));
  }
  const text = segments.map(segment => segment.text).join('');
  const ranges = [...marks, ...links.map(link => link.range)];
  let at = 0;
  return segments.flatMap(({ text: { length }, style }) => {
    const ends = cutsBetween(at, at + length, ranges);
    return ends.map(end => {
      const from = at;
      at = end;
      return {
        text: text.slice(from, end),
        style,
        marked: marks.some(range => isIn(range, from)),
        target: links.find(({ range }) => isIn(range, from))?.target,
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

function isIn([from, to]: MatchRange, at: number): boolean {
  return from <= at && at < to;
}
