import { firstLineFrom } from './firstLineFrom';

/** Lines with these times; the first ones have to be read. */
function linesWith(times: readonly number[], unknown: number) {
  const known = new Set(
    times.map((_, index) => index + 1).filter(line => line > unknown),
  );
  const reads: number[] = [];
  return {
    reads,
    lastLine: times.length,
    timeOf: (line: number) => (known.has(line) ? times[line - 1] : undefined),
    async read(line: number) {
      reads.push(line);
      known.add(line);
    },
  };
}

describe('firstLineFrom', () => {
  const times = [10, 20, 20, 20, 30, 40];

  it.each([
    [0, 1],
    [10, 1],
    [11, 2],
    [20, 2],
    [21, 5],
    [40, 6],
    [99, 6],
  ])('finds for %s ms line %s', async (at, line) => {
    expect(await firstLineFrom(linesWith(times, 0), at)).toBe(line);
  });

  it('knows that there is none', async () => {
    expect(await firstLineFrom(linesWith([], 0), 5)).toBe(0);
  });

  it('reads few of those that are not known', async () => {
    const many = Array.from({ length: 1_000_000 }, (_, index) => index);
    const lines = linesWith(many, 980_000);
    expect(await firstLineFrom(lines, 123_456)).toBe(123_457);
    expect(lines.reads.length).toBeLessThanOrEqual(20);
  });

  it('says so when a line cannot be read', async () => {
    const lines = { ...linesWith(times, 6), read: async () => {} };
    await expect(firstLineFrom(lines, 20)).rejects.toThrow('Line 3');
  });
});
