import {
  SLICE_LINES,
  compileQuery,
  hitFrom,
  searchAfter,
  searchSlice,
} from './search';
import type { Query, SearchSource } from './search';

function query(
  text: string,
  options: { readonly caseSensitive?: boolean; readonly regex?: boolean } = {},
): Query {
  const compiled = compileQuery({
    text,
    caseSensitive: false,
    regex: false,
    ...options,
  });
  if (compiled.type !== 'query') {
    throw new Error(`not a query: ${compiled.type}`);
  }
  return compiled.query;
}

describe('compileQuery', () => {
  it('is nothing without words', () => {
    expect(
      compileQuery({ text: '', caseSensitive: false, regex: true }),
    ).toEqual({ type: 'none' });
  });

  it('takes words literally', () => {
    expect(query('a.b(').ranges('xa.b( aXb( A.B(')).toEqual([
      [1, 5],
      [11, 15],
    ]);
  });

  it('minds the case only when asked to', () => {
    expect(query('warn').matches('WARN')).toBe(true);
    expect(query('warn', { caseSensitive: true }).matches('WARN')).toBe(false);
  });

  it('takes a regular expression when asked to', () => {
    const rows = query('row \\d+', { regex: true });
    expect(rows.ranges('row 7, row 12')).toEqual([
      [0, 5],
      [7, 13],
    ]);
    expect(rows.matches('rows')).toBe(false);
    expect(rows.matches('row 1')).toBe(true);
  });

  it('marks nothing where an expression matches nothing', () => {
    expect(query('x*', { regex: true }).ranges('abxxc')).toEqual([[2, 4]]);
  });

  it('says what is wrong with an expression', () => {
    expect(
      compileQuery({ text: '(', caseSensitive: false, regex: true }),
    ).toEqual({ type: 'invalid', message: 'Unterminated group' });
  });
});

describe('searchSlice', () => {
  /** Every thousandth of `length` lines is a hit; line 2000 is not here. */
  const source = (lineCount: number): SearchSource => ({
    lineCount,
    numberAt: place => place + 1,
    countAfter: line => lineCount - line,
    textOf(line) {
      if (line === 2_000) {
        return undefined;
      }
      return line % 1_000 === 0 ? `hit ${line}` : 'other';
    },
  });

  it('goes through the lines in slices, and on when there are more', () => {
    const hit = query('HIT');
    const first = searchSlice(hit, searchAfter(0), source(45_000));
    expect(first.scannedTo).toBe(SLICE_LINES);
    expect(first.hits).toHaveLength(19);
    const second = searchSlice(hit, first, source(45_000));
    const third = searchSlice(hit, second, source(45_000));
    expect(third.scannedTo).toBe(45_000);
    expect(third.hits).toHaveLength(44);
    expect(searchSlice(hit, third, source(45_000))).toBe(third);
    const more = searchSlice(hit, third, source(46_000));
    expect(more.hits[44]).toBe(46_000);
  });

  it('keeps the list of hits when there is no new one', () => {
    const hit = query('HIT');
    const first = searchSlice(hit, searchAfter(0), source(1_500));
    expect(searchSlice(hit, first, source(1_600)).hits).toBe(first.hits);
  });
});

describe('searchSlice after a line', () => {
  /** The odd numbers of `last` lines, or all of them from the start on. */
  const odd = (last: number, first: number): SearchSource => {
    const numbers = Array.from(
      { length: last },
      (_, index) => index + 1,
    ).filter(line => line >= first && line % 2 === 1);
    return {
      lineCount: numbers.length,
      numberAt: place => numbers[place],
      countAfter: line => numbers.filter(number => number > line).length,
      textOf: line => `line ${line}`,
    };
  };

  it('leaves out the lines up to it', () => {
    const all = query('line');
    expect(searchSlice(all, searchAfter(5), odd(10, 1))).toEqual({
      hits: [7, 9],
      scannedTo: 9,
    });
  });

  it('goes on where it was when lines have come in before', () => {
    const all = query('line');
    const first = searchSlice(all, searchAfter(5), odd(9, 5));
    expect(searchSlice(all, first, odd(9, 1))).toBe(first);
    expect(searchSlice(all, first, odd(13, 1)).hits).toEqual([7, 9, 11, 13]);
  });
});

describe('hitFrom', () => {
  it('is the next one, and begins at the top after the last', () => {
    expect(hitFrom([10, 20, 30], 20)).toBe(1);
    expect(hitFrom([10, 20, 30], 21)).toBe(2);
    expect(hitFrom([10, 20, 30], 31)).toBe(0);
  });
});
