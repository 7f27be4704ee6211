import { expect } from '@playwright/test';
import { DatabaseSync } from 'node:sqlite';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { expectWholeLog } from './expectWhole.ts';
import { test } from './fixtures.ts';
import { LiveViewer } from './LiveViewer.ts';
import { until } from './until.ts';
import type { World } from './World.ts';

const LINES = 1_000_000;
const LINES_PER_ROW = 500;
const PARTS = 10;

test('a million lines are downloaded from SQLite while a run writes', async ({
  world,
}) => {
  const long = await runOfManyLines(world);
  world.tasks.perform({ generate: 'talk 0.02 3; real generate "$@"' });
  const { api, runId } = await world.startRun(3);
  const viewer = new LiveViewer(runId, () => api);
  await world.talking(runId);
  await until('its lines arrive', () => viewer.lines.length > 0);

  // Somebody who asks for all of it and then does not read.
  const idler = await api.log(long, 'ndjson');
  const response = await api.log(long, 'ndjson');
  const body = Readable.fromWeb(response.body as ReadableStream<Uint8Array>);
  const arrived: number[] = [viewer.lines.length];
  let last = 0;
  for await (const text of createInterface({ input: body })) {
    const { line } = JSON.parse(text) as { readonly line: number };
    if (line !== last + 1) {
      throw new Error(`Line ${line} after ${last}`);
    }
    last = line;
    if (line % (LINES / PARTS) === 0) {
      arrived.push(viewer.lines.length);
    }
  }
  await idler.body?.cancel();

  expect(last).toBe(LINES);
  // In each part of the download the run's lines went on arriving.
  expect(arrived).toHaveLength(PARTS + 1);
  expect(arrived.toSorted((a, b) => a - b)).toEqual([...new Set(arrived)]);
  expect((await api.run(runId)).phase).toBe('running');
  world.tasks.enough();
  expect(await world.ended(api, runId)).toMatchObject({ phase: 'succeeded' });
  await viewer.ended;
  expect(viewer.faults).toEqual([]);
  await expectWholeLog(world, api, runId, 'by themselves');
});

/** A run that has ended, and whose log we make longer in the file itself. */
async function runOfManyLines(world: World): Promise<string> {
  const { backend, api, runId } = await world.startRun(1);
  const { lineCount } = await world.ended(api, runId);
  await backend.stop();
  const database = new DatabaseSync(world.sqlite);
  const insert = database.prepare('insert into log_chunks values (?, ?, ?, ?)');
  database.exec('begin');
  for (let first = lineCount + 1; first <= LINES; first += LINES_PER_ROW) {
    const end = Math.min(first + LINES_PER_ROW - 1, LINES);
    insert.run(runId, first, end, JSON.stringify(linesOf(first, end)));
  }
  database
    .prepare('update runs set last_line = ? where id = ?')
    .run(LINES, runId);
  database.exec('commit');
  database.close();
  return runId;
}

function linesOf(first: number, last: number): object[] {
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    line: first + index,
    task: 'GENERATE:1',
    at: 1_700_000_000_000,
    text: `batch 1: line ${first + index} of a very long log`,
  }));
}
