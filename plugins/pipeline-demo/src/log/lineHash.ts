import type { LineRange } from '../state/LogBuffer';

/** `#L12` or `#L12-L20` of a URL; undefined for anything else. */
export function parseLineHash(hash: string): LineRange | undefined {
  const match = /^#L(\d{1,15})(?:-L(\d{1,15}))?$/.exec(hash);
  if (!match) {
    return undefined;
  }
  const ends = [Number(match[1]), Number(match[2] ?? match[1])];
  const range = { from: Math.min(...ends), to: Math.max(...ends) };
  return range.from >= 1 ? range : undefined;
}

/** The hash that links to a line, or to lines. */
export function lineHash(range: LineRange): string {
  return range.from === range.to
    ? `#L${range.from}`
    : `#L${range.from}-L${range.to}`;
}
