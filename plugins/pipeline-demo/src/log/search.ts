/** What the reader looks for. */
export interface SearchText {
  readonly text: string;
  readonly caseSensitive: boolean;
  readonly regex: boolean;
}

/** From a character to the one after the match. */
export type MatchRange = readonly [from: number, to: number];

/** A search that can be done. */
export interface Query {
  readonly words: SearchText;
  matches(text: string): boolean;
  ranges(text: string): readonly MatchRange[];
}

/** What became of the reader's words. */
export type CompiledQuery =
  | { readonly type: 'none' }
  | { readonly type: 'query'; readonly query: Query }
  | { readonly type: 'invalid'; readonly message: string };

/** Lines per slice: a few milliseconds, so that the page stays alive. */
export const SLICE_LINES = 20_000;

/** Makes a search of words, or says what is wrong with their regular expression. */
export function compileQuery(search: SearchText): CompiledQuery {
  if (search.text === '') {
    return { type: 'none' };
  }
  const source = search.regex ? search.text : escaped(search.text);
  let expression: RegExp;
  try {
    expression = new RegExp(source, search.caseSensitive ? 'g' : 'gi');
  } catch (error) {
    return { type: 'invalid', message: fault(error as Error) };
  }
  return {
    type: 'query',
    query: {
      words: search,
      matches: text => {
        expression.lastIndex = 0;
        return expression.test(text);
      },
      ranges: text =>
        [...text.matchAll(expression)]
          .filter(match => match[0] !== '')
          .map(match => [match.index, match.index + match[0].length]),
    },
  };
}

/** A search on its way: `hits` are line numbers, in order. */
export interface SearchProgress {
  readonly hits: readonly number[];
  /** Lines up to this number were looked at. */
  readonly scannedTo: number;
}

/** The lines to search: `numberAt(0)` is the first. What is not here has no text. */
export interface SearchSource {
  readonly lineCount: number;
  numberAt(place: number): number;
  /** How many of the lines have a higher number. */
  countAfter(line: number): number;
  textOf(line: number): string | undefined;
}

/** Nothing found yet, and nothing to look for up to this line. */
export function searchAfter(line: number): SearchProgress {
  return { hits: [], scannedTo: line };
}

/**
 * Looks at the next slice; the same object when there is nothing more to look
 * at. It goes on by number, so lines that come in before it do not disturb it.
 */
export function searchSlice(
  query: Query,
  progress: SearchProgress,
  source: SearchSource,
): SearchProgress {
  const from = source.lineCount - source.countAfter(progress.scannedTo);
  const to = Math.min(source.lineCount, from + SLICE_LINES);
  if (to <= from) {
    return progress;
  }
  const found: number[] = [];
  for (let place = from; place < to; place += 1) {
    const line = source.numberAt(place);
    const text = source.textOf(line);
    if (text !== undefined && query.matches(text)) {
      found.push(line);
    }
  }
  return {
    hits: found.length > 0 ? [...progress.hits, ...found] : progress.hits,
    scannedTo: source.numberAt(to - 1),
  };
}

/** The first hit at or after a line; from the top again when there is none. */
export function hitFrom(hits: readonly number[], line: number): number {
  const index = lowerBound(hits, line);
  return index < hits.length ? index : 0;
}

/** The index of the first number that is at least `value`; the length if there is none. */
export function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (sorted[middle] < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** "Invalid regular expression: /(/gi: Unterminated group": the end says it all. */
function fault({ message }: Error): string {
  return message.replace(/^Invalid regular expression: \/.*\/\w*: /s, '');
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
