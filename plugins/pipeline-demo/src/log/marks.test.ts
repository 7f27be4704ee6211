import { marksOf } from './marks';
import { makeRows } from './rows';

const all = (last: number) => makeRows({ type: 'all', last }, []);

describe('marksOf', () => {
  it('has a part for each line of a short log', () => {
    expect(marksOf(all(5), [2, 5])).toEqual({ parts: 5, marked: [1, 4] });
  });

  it('marks a part once, however many matches it has', () => {
    const { parts, marked } = marksOf(
      all(1_000_000),
      [1, 2, 5_000, 5_001, 1e6],
    );
    expect(parts).toBe(200);
    expect(marked).toEqual([0, 1, 199]);
  });

  it('is about the lines that are shown', () => {
    const rows = makeRows({ type: 'some', numbers: [10, 500, 501] }, []);
    expect(marksOf(rows, [501])).toEqual({ parts: 3, marked: [2] });
  });

  it('has nothing to mark without lines or without matches', () => {
    expect(marksOf(all(0), [])).toEqual({ parts: 0, marked: [] });
    expect(marksOf(all(9), [])).toEqual({ parts: 9, marked: [] });
  });
});
