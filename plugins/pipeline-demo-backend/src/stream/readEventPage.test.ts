import {
  newRun,
  reduce,
  type LogLine,
  type RunEvent,
} from 'backstage-plugin-pipeline-demo-common';
import type { LogStore } from '../ports/LogStore';
import type { RunStore } from '../ports/RunStore';
import { sampleSpec } from '../testing/sampleRuns';
import { readEventPage } from './readEventPage';

const EVENTS: readonly RunEvent[] = [
  { event: 1, type: 'Launched', at: 1 },
  { event: 2, type: 'CancelAsked', at: 2, by: 'user:default/guest' },
  { event: 3, type: 'NothingLeft', at: 3 },
];
const RUN = EVENTS.reduce(reduce, newRun(sampleSpec({ id: 'r1' })));

/** A store with these events, and so many lines. */
function pageOf(
  request: Parameters<typeof readEventPage>[2],
  lastLine = 2_500,
  run = RUN,
) {
  const runs: Pick<RunStore, 'events'> = {
    events: async (_runId, after, limit) =>
      EVENTS.filter(({ event }) => event > after).slice(0, limit),
  };
  const logs: Pick<LogStore, 'read'> = {
    read: async (_runId, { from, to, limit }) =>
      Array.from(
        { length: Math.max(0, Math.min(to - from + 1, limit)) },
        (_, index): LogLine => ({
          line: from + index,
          task: 'driver',
          at: 0,
          text: '',
        }),
      ),
  };
  return readEventPage(
    { runs: runs as RunStore, logs: logs as LogStore },
    { run, epoch: 1, lastLine },
    request,
  );
}

describe('readEventPage', () => {
  it('begins with the run as it is, and its first lines', async () => {
    const page = await pageOf({});
    expect(page.run).toBe(RUN);
    expect(page).toMatchObject({ events: [], firstLine: 1, lastLine: 2_500 });
    expect(page.lines).toHaveLength(1_000);
    expect(page.cursor).toEqual({ run: 'r1', event: 3, line: 1_000 });
    expect(page.complete).toBe(false);
  });

  it('brings events alone to who wants no lines: the past of a run', async () => {
    const page = await pageOf({ event: 0, tail: 0 });
    expect(page.events).toEqual(EVENTS);
    expect(page.lines).toEqual([]);
  });

  it('begins with the last lines when asked to', async () => {
    const page = await pageOf({ tail: 40 });
    expect(page.firstLine).toBe(2_461);
    expect(page.cursor.line).toBe(2_500);
    expect(page.complete).toBe(true);
    expect((await pageOf({ tail: 9_000 })).firstLine).toBe(1);
    expect((await pageOf({ tail: 0 })).lines).toEqual([]);
  });

  it('goes on from a cursor, to the end', async () => {
    const page = await pageOf({ event: 1, line: 2_000 });
    expect(page.run).toBeUndefined();
    expect(page.events.map(({ event }) => event)).toEqual([2, 3]);
    expect(page.cursor).toEqual({ run: 'r1', event: 3, line: 2_500 });
    expect(page.complete).toBe(true);
  });

  it('has nothing for who has all of it', async () => {
    const page = await pageOf({ event: 3, line: 2_500 });
    expect(page).toMatchObject({
      events: [],
      lines: [],
      firstLine: 2_501,
      cursor: { event: 3, line: 2_500 },
      complete: true,
    });
  });

  it('is not complete while the run goes on', async () => {
    const going = { ...RUN, phase: 'running' as const };
    const page = await pageOf({ event: 3, line: 2_500 }, 2_500, going);
    expect(page.complete).toBe(false);
  });
});
