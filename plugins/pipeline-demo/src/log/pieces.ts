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
  const cuts = [...marks, ...links].flat();
  const result: Piece[] = [];
  let at = 0;
  for (const segment of segments) {
    const end = at + segment.text.length;
    const inner = cuts.filter(cut => cut > at && cut < end);
    for (const to of [...new Set([...inner, end])].sort((a, b) => a - b)) {
      const link = rangeAt(links, at);
      result.push({
        text: text.slice(at, to),
        style: segment.style,
        marked: rangeAt(marks, at) !== undefined,
        href: link && text.slice(...link),
      });
      at = to;
    }
  }
  return result;
}

function rangeAt(
  ranges: readonly MatchRange[],
  at: number,
): MatchRange | undefined {
  return ranges.find(([from, to]) => from <= at && at < to);
}
