import type { MatchRange } from './search';

const URLS = /\bhttps?:\/\/[^\s<>"'`]+/g;
/** What ends a sentence rather than an address. */
const TRAILING = /[.,:;!?)\]}]+$/;

/** Where in a text there are http(s) addresses; nothing else ever becomes a link. */
export function linkRanges(text: string): readonly MatchRange[] {
  return [...text.matchAll(URLS)].map(match => [
    match.index,
    match.index + match[0].replace(TRAILING, '').length,
  ]);
}
