import type { LogLine } from 'backstage-plugin-pipeline-demo-common';
import type { LogStore } from '../ports/LogStore';
import { FakeClock } from '../testing/FakeClock';
import { SCAN_LINES, searchLog } from './searchLog';

function line(number: number): LogLine {
  return {
    line: number,
    task: number % 2 === 0 ? 'GENERATE:1' : 'driver',
    at: 0,
    text: `line ${number}`,
  };
}

/** A log that is as long as one likes, and its reads. */
function longLog() {
  const reads: number[] = [];
  const logs: Pick<LogStore, 'read'> = {
    read: async (_runId, { from, to, limit }) => {
      reads.push(from);
      const count = Math.min(to - from + 1, limit);
      return Array.from({ length: count }, (_, index) => line(from + index));
    },
  };
  return { reads, logs: logs as LogStore };
}

function search(
  options: Partial<Parameters<typeof searchLog>[2]>,
  clock = FakeClock.create(),
) {
  const { logs, reads } = longLog();
  const found = searchLog({ logs, clock }, 'r1', {
    range: { from: 1 },
    pattern: text => /00$/.test(text),
    limit: 100,
    lastLine: 1_000_000,
    signal: new AbortController().signal,
    ...options,
  });
  return { found, reads };
}

describe('searchLog', () => {
  it('ends with the last line', async () => {
    const found = await search({ lastLine: 350 }).found;
    expect(found.matches.map(match => match.line)).toEqual([100, 200, 300]);
    expect(found).toMatchObject({ scannedFrom: 1, scannedTo: 350, done: true });
    expect(found.cursor).toBeUndefined();
  });

  it('stops after so many matches and goes on from its cursor', async () => {
    const first = await search({ limit: 2, lastLine: 350 }).found;
    expect(first).toMatchObject({ scannedTo: 200, cursor: 201, done: false });
    const rest = await search({
      limit: 2,
      lastLine: 350,
      range: { from: first.cursor! },
    }).found;
    expect(rest.matches.map(match => match.line)).toEqual([300]);
    expect(rest).toMatchObject({ scannedFrom: 201, done: true });
  });

  it('stops after so many lines, whatever it has found', async () => {
    const { found, reads } = search({ pattern: () => false });
    expect(await found).toEqual({
      matches: [],
      scannedFrom: 1,
      scannedTo: SCAN_LINES,
      cursor: SCAN_LINES + 1,
      done: false,
    });
    expect(reads).toHaveLength(SCAN_LINES / 1_000);
  });

  it('stops when its time is over, in the middle of a page', async () => {
    const clock = FakeClock.create();
    const { found } = search(
      {
        pattern: () => {
          clock.jump(1);
          return false;
        },
      },
      clock,
    );
    expect(await found).toMatchObject({ scannedTo: 200, cursor: 201 });
  });

  it('gives others their turn', async () => {
    let turns = 0;
    const ticking = setInterval(() => {
      turns += 1;
    }, 0);
    await search({ pattern: () => false }).found;
    clearInterval(ticking);
    expect(turns).toBeGreaterThan(0);
  });

  it('looks at the wanted tasks alone', async () => {
    const { found } = search({
      range: { from: 1, to: 4, tasks: new Set(['driver']) },
      pattern: () => true,
    });
    expect((await found).matches.map(match => match.line)).toEqual([1, 3]);
    expect(await found).toMatchObject({ scannedTo: 4, done: true });
  });

  it('has nothing to scan after the last line', async () => {
    const { found } = search({ range: { from: 9 }, lastLine: 4 });
    expect(await found).toMatchObject({ matches: [], done: true });
  });

  it('stops when nobody listens any more', async () => {
    const gone = new AbortController();
    gone.abort();
    const { found, reads } = search({ signal: gone.signal });
    await found;
    expect(reads).toEqual([]);
  });
});
