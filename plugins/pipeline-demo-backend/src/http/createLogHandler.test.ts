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
async function serveLongLog(failAtLine = Infinity, text = (_: number) => TEXT) {
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
          text: text(from + index),
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

async function bodyOf(response: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
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

  it('sends the lines that match, wherever they are', async () => {
    const { reads } = await serveLongLog(Infinity, line => `row ${line}`);
    const found = await served.get(
      '/r1?format=text&search=ROW%20.*777$&regex=1',
    );
    expect(found.headers['content-type']).toBe('text/plain; charset=utf-8');
    const lines = (await bodyOf(found)).trimEnd().split('\n');
    expect(lines).toHaveLength(LAST_LINE / 1_000);
    expect(lines[1]).toBe('1970-01-01T00:00:00.000Z driver row 1777');
    expect(lines.at(-1)).toBe('1970-01-01T00:00:00.000Z driver row 99777');
    expect(reads).toHaveLength(PAGES);
  });

  it('stops at the last match that is wanted', async () => {
    const { reads } = await serveLongLog(Infinity, line => `row ${line}`);
    const found = await served.get('/r1?format=ndjson&search=777&limit=2');
    const lines = (await bodyOf(found)).trimEnd().split('\n');
    expect(lines.map(line => JSON.parse(line).line)).toEqual([777, 1_777]);
    expect(reads).toHaveLength(2);
  });

  it('answers with an empty file when nothing matches', async () => {
    await serveLongLog();
    const found = await served.get('/r1?download=true&search=nowhere');
    expect(found.statusCode).toBe(200);
    expect(found.headers['content-disposition']).toBe(
      'attachment; filename="r1.log"',
    );
    expect(await bodyOf(found)).toBe('');
  });

  it('says what is wrong with an expression instead of sending a file', async () => {
    const { reads } = await serveLongLog();
    const refused = await served.get(
      '/r1?download=true&format=ndjson&search=(&regex=1',
    );
    expect(refused.statusCode).toBe(400);
    expect(refused.headers['content-disposition']).toBeUndefined();
    expect(JSON.parse(await bodyOf(refused)).error).toMatchObject({
      name: 'InputError',
      reason: 'invalid-request',
      message: expect.stringContaining('The regular expression cannot be used'),
    });
    expect(reads).toEqual([]);
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
