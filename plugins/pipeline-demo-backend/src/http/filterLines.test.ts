import type { LogLine } from 'backstage-plugin-pipeline-demo-common';
import { FakeClock } from '../testing/FakeClock';
import { filterLines } from './filterLines';

const LINES = Array.from(
  { length: 200 },
  (_, index): LogLine => ({
    line: index + 1,
    task: 'driver',
    at: 0,
    text: `row ${index + 1}`,
  }),
);

function filter(pattern: (text: string) => boolean, clock: FakeClock) {
  const gone = new AbortController();
  const matches = filterLines(LINES, pattern, { clock, signal: gone.signal });
  return { gone, matches };
}

describe('filterLines', () => {
  it('keeps the lines that match', async () => {
    const { matches } = filter(text => /99$/.test(text), FakeClock.create());
    expect((await matches).map(({ line }) => line)).toEqual([99, 199]);
  });

  it('gives others their turn when lines take long', async () => {
    const clock = FakeClock.create();
    let turns = 0;
    const others = () => {
      turns += 1;
      other = setImmediate(others);
    };
    let other = setImmediate(others);
    const { matches } = filter(() => {
      clock.jump(5);
      return true;
    }, clock);
    expect(await matches).toHaveLength(200);
    clearImmediate(other);
    expect(turns).toBeGreaterThan(0);
  });

  it('stops when nobody wants them any more', async () => {
    const clock = FakeClock.create();
    let looked = 0;
    const { gone, matches } = filter(() => {
      clock.jump(5);
      looked += 1;
      return true;
    }, clock);
    gone.abort();
    await matches;
    expect(looked).toBeLessThan(10);
  });
});
