import { expect } from '@playwright/test';
import { spawn } from 'node:child_process';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { expectWholeLog } from './expectWhole.ts';
import { test } from './fixtures.ts';
import { LiveViewer } from './LiveViewer.ts';
import { until } from './until.ts';
import type { World } from './World.ts';

const LINES = 1_000_000;
const LINES_PER_ROW = 500;
const PARTS = 10;
const SAMPLE_MS = 50;
/**
 * Of all that the run writes meanwhile. A machine with other work is slow with
 * both; a download that stopped the run would leave most of it behind.
 */
const MOST_BEHIND = 1 / 3;

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
  const file = join(world.folder, 'download');
  const download = spawn('curl', [
    ...['--silent', '--show-error', '--fail', '--output', file],
    ...['--header', `Authorization: ${api.authorization}`],
    api.logUrl(long, 'ndjson'),
  ]);
  const ended = new Promise<number | null>(resolve =>
    download.once('exit', resolve),
  );
  const writtenBefore = linesWritten(world, runId);
  const samples: Sample[] = [];
  while (download.exitCode === null) {
    await sleep(SAMPLE_MS);
    samples.push({
      bytes: existsSync(file) ? statSync(file).size : 0,
      written: linesWritten(world, runId),
      received: linesOfTasks(viewer),
    });
  }
  expect(await ended).toBe(0);
  await idler.body?.cancel();
  await expectDense(file);

  // In each part of the download the run's lines went on arriving,
  const parts = Object.values(
    Object.groupBy(samples, ({ bytes }) =>
      Math.floor((bytes / (statSync(file).size + 1)) * PARTS),
    ),
  ).map(part => part?.at(-1)?.received ?? 0);
  expect(parts.toSorted((a, b) => a - b)).toEqual([...new Set(parts)]);
  // and none that was written was long in coming.
  const written = linesWritten(world, runId) - writtenBefore;
  const behind = Math.max(...samples.map(one => one.written - one.received));
  expect(behind).toBeLessThan(written * MOST_BEHIND);
  expect((await api.run(runId)).phase).toBe('running');
  world.tasks.enough();
  expect(await world.ended(api, runId)).toMatchObject({ phase: 'succeeded' });
  await viewer.ended;
  expect(viewer.faults).toEqual([]);
  await expectWholeLog(world, api, runId, 'by themselves');
});

/** What there is at one moment: of the download, and of the run's lines. */
interface Sample {
  readonly bytes: number;
  readonly written: number;
  readonly received: number;
}

async function expectDense(file: string): Promise<void> {
  let last = 0;
  for await (const text of createInterface({ input: createReadStream(file) })) {
    const { line } = JSON.parse(text) as { readonly line: number };
    if (line !== last + 1) {
      throw new Error(`Line ${line} after ${last}`);
    }
    last = line;
  }
  expect(last).toBe(LINES);
}

function linesWritten(world: World, runId: string): number {
  return [...world.tasks.written(runId).values()].reduce(
    (sum, book) => sum + book.toString('latin1').split('\n').length - 1,
    0,
  );
}

function linesOfTasks({ lines }: LiveViewer): number {
  return lines.filter(({ task }) => task !== 'driver').length;
}

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
