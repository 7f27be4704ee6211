import { matchLines } from './matchLines';
import type { ShownLines } from './rows';

const all = (last: number): ShownLines => ({ type: 'all', last });
const some = (...numbers: number[]): ShownLines => ({ type: 'some', numbers });

function numbersOf(lines: ShownLines): readonly number[] {
  return lines.type === 'some' ? lines.numbers : [];
}

function show(shown: ShownLines, hits: readonly number[], around: number) {
  const { lines, hidden, breaks } = matchLines(shown, hits, around);
  return { numbers: numbersOf(lines), hidden, breaks: [...breaks] };
}

describe('matchLines', () => {
  it('are the matches alone, and counts what is hidden', () => {
    expect(show(all(1_000), [3, 9, 500], 0)).toEqual({
      numbers: [3, 9, 500],
      hidden: 997,
      breaks: [],
    });
    expect(show(some(2, 4, 6, 8), [4, 8], 0)).toEqual({
      numbers: [4, 8],
      hidden: 2,
      breaks: [],
    });
  });

  it('hides everything when nothing matches', () => {
    expect(show(all(9_412), [], 2)).toEqual({
      numbers: [],
      hidden: 9_412,
      breaks: [],
    });
  });

  it('takes in the lines around, once each, and not beyond the ends', () => {
    expect(show(all(20), [1, 5, 13, 20], 2)).toEqual({
      numbers: [1, 2, 3, 4, 5, 6, 7, 11, 12, 13, 14, 15, 18, 19, 20],
      hidden: 5,
      breaks: [11, 18],
    });
  });

  it('has no break where two neighbourhoods touch', () => {
    expect(show(all(20), [3, 8], 2).breaks).toEqual([]);
    expect(show(all(20), [3, 9], 2).breaks).toEqual([7]);
  });

  it('takes what is around from the selected tasks', () => {
    expect(show(some(10, 20, 30, 40, 50, 60, 70), [40], 2)).toEqual({
      numbers: [20, 30, 40, 50, 60],
      hidden: 2,
      breaks: [],
    });
  });

  it('shows a match that only the store has seen, in its place', () => {
    expect(show(some(30, 40, 50, 60), [12, 14, 40], 1)).toEqual({
      numbers: [12, 14, 30, 40, 50],
      hidden: 1,
      breaks: [],
    });
    expect(show(some(30, 40), [35], 0)).toEqual({
      numbers: [35],
      hidden: 2,
      breaks: [],
    });
  });

  it('grows with what comes after the last match', () => {
    expect(show(all(5), [5], 2).numbers).toEqual([3, 4, 5]);
    expect(show(all(6), [5], 2).numbers).toEqual([3, 4, 5, 6]);
    expect(show(all(9), [5], 2).numbers).toEqual([3, 4, 5, 6, 7]);
  });

  it('is in order, whatever has been seen: against a plain sum', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const pick = (line: number, part: number) =>
        (line * 2_654_435_761 * seed) % 97 < part;
      const lines = Array.from({ length: 60 }, (_, index) => index + 1);
      const seen = lines.filter(line => pick(line, 60));
      const hits = lines.filter(line => pick(line + 7, 12));
      for (const around of [0, 1, 2]) {
        const { numbers, hidden } = show(some(...seen), hits, around);
        const near = (line: number) =>
          hits.some(hit => {
            const isSeen = seen.includes(hit);
            const between = seen.filter(
              other =>
                other > Math.min(line, hit) && other < Math.max(line, hit),
            );
            return (isSeen && line === hit) || between.length + 1 <= around;
          });
        const expected = lines.filter(
          line => hits.includes(line) || (seen.includes(line) && near(line)),
        );
        expect(numbers).toEqual(expected);
        expect(hidden).toBe(
          seen.filter(line => !expected.includes(line)).length,
        );
      }
    }
  });
});
