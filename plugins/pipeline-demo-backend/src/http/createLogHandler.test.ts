import { newRun, type LogLine } from 'backstage-plugin-pipeline-demo-common';
import { once } from 'node:events';
import { serve, type Served } from '../__testUtils__/serve';
import { until } from '../__testUtils__/until';
import type { LogStore } from '../ports/LogStore';
import type { RunStore } from '../ports/RunStore';
import { sampleSpec } from '../testing/sampleRuns';
import { systemClock } from '../SystemClock';
import { createLogHandler } from './createLogHandler';
import type { Handler } from './guard';

jest.setTimeout(60_000);

/** Some 40 megabytes: more than all that sockets hold. */
const LAST_LINE = 100_000;
const TEXT = 'x'.repeat(400);
const PAGES = LAST_LINE / 1_000;

let served: Served;
afterEach(() => served.stop());

/** Serves a run of many lines, which are made as they are read. */
async function serveLongLog(failAtLine = Infinity) {
  const reads: number[] = [];
  const runs: Pick<RunStore, 'get'> = {
    get: async id => ({
      run: newRun(sampleSpec({ id })),
      epoch: 1,
      lastLine: LAST_LINE,
    }),
  };
  const logs: Pick<LogStore, 'read'> = {
    read: async (_runId, { from, to }) => {
      reads.push(from);
      if (to >= failAtLine) {
        throw new Error('The database is gone');
      }
      return Array.from(
        { length: to - from + 1 },
        (_, index): LogLine => ({
          line: from + index,
          task: 'driver',
          at: 0,
          text: TEXT,
          ...(from + index === 2 && { cut: 9 }),
        }),
      );
    },
  };
  const handler = createLogHandler({
    runs: runs as RunStore,
    logs: logs as LogStore,
    clock: systemClock,
  });
  served = await serve(
    handler as unknown as Handler<{ runId: string }, unknown, unknown, never>,
  );
  return { reads };
}

/** Resolves when nothing has been read for some turns. */
async function readingRests(reads: readonly number[]): Promise<void> {
  let before = -1;
  await until(
    () => {
      const rested = reads.length > 0 && reads.length === before;
      before = reads.length;
      return rested;
    },
    rested => rested,
  );
}

describe('createLogHandler', () => {
  it('sends a long log to its end', async () => {
    const { reads } = await serveLongLog();
    const response = await served.get('/r1');
    let bytes = 0;
    for await (const chunk of response) {
      bytes += chunk.length;
    }
    const line = `1970-01-01T00:00:00.000Z driver ${TEXT}\n`;
    expect(bytes).toBe(LAST_LINE * line.length + ' [9 bytes cut]'.length);
    expect(reads).toHaveLength(PAGES);
  });

  it('does not read ahead of a reader who does not read', async () => {
    const { reads } = await serveLongLog();
    const response = await served.get('/r1');
    await readingRests(reads);
    const ahead = reads.length;
    expect(ahead).toBeLessThan(PAGES / 4);
    response.resume();
    await until(
      () => reads.length,
      count => count > ahead,
    );
    response.destroy();
  });

  it('stops reading when the reader is gone', async () => {
    const { reads } = await serveLongLog();
    const response = await served.get('/r1');
    await once(response, 'readable');
    response.destroy();
    await readingRests(reads);
    expect(reads.length).toBeLessThan(PAGES / 4);
  });

  it('breaks the connection when the log fails, lest it look whole', async () => {
    await serveLongLog(5_000);
    const response = await served.get('/r1');
    await expect(async () => {
      for await (const chunk of response) {
        expect(chunk.length).toBeGreaterThan(0);
      }
    }).rejects.toThrow('aborted');
    expect(response.complete).toBe(false);
  });
});
