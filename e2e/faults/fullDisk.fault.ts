import { expect } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunApi } from './RunApi.ts';
import { test as base } from './fixtures.ts';
import { leaveOut } from './leaveOut.ts';
import { World } from './World.ts';

const DISK = '2m';

/** A work directory that is a small disk of its own. */
const test = base.extend<{ disk: string }>({
  disk: async ({}, use) => {
    leaveOut(process.getuid?.() !== 0, 'mounting a small disk needs root');
    const disk = mkdtempSync(join(tmpdir(), 'faults-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK}`, 'tmpfs', disk]);
    try {
      await use(disk);
    } finally {
      execFileSync('umount', ['--lazy', disk]);
      rmdirSync(disk);
    }
  },
  world: async ({ disk }, use) => {
    const world = World.create({ workDir: join(disk, 'runs') });
    try {
      await use(world);
    } finally {
      await world.close();
    }
  },
});

test('a task that fills the disk', async ({ world }) => {
  world.tasks.perform({
    generate: `
      number=0
      while say "$PIPELINE_DEMO_TASK line $((++number))"; do :; done
      exit 3`,
  });
  const { api, runId } = await world.startRun(3);

  const run = await world.ended(api, runId);
  expect(run).toMatchObject({ phase: 'failed' });
  expect(run.outcome?.message).toMatch(/is full|no space left/);
  await expectAsFarAsThereWasRoom(world, api, runId);
  await expectWorksAgain(world, api, runId);
});

test('a disk that somebody else fills', async ({ world, disk }) => {
  world.tasks.perform({ generate: 'talk 0.02 3; real generate "$@"' });
  const { api, runId } = await world.startRun(3);
  await world.talking(runId);
  fill(join(disk, 'theirs'));
  world.tasks.enough();

  const run = await world.ended(api, runId);
  expect(run).toMatchObject({ phase: 'failed' });
  expect(run.outcome?.message).toMatch(/is full|no space left/);
  await expectAsFarAsThereWasRoom(world, api, runId);
  rmSync(join(disk, 'theirs'));
  await expectWorksAgain(world, api, runId);
});

test('a disk that is full before the start', async ({ world, disk }) => {
  const backend = await (await world.start()).ready();
  const api = world.api(backend);
  fill(join(disk, 'theirs'));
  const { run } = await api.start(1);
  const refused = await world.ended(api, run.id);
  expect(refused).toMatchObject({ outcome: { reason: 'launch-refused' } });
  expect(refused.outcome?.message).toContain('no space left');

  rmSync(join(disk, 'theirs'));
  await expectWorksAgain(world, api, run.id);
});

/** Writes until nothing more fits. */
function fill(file: string): void {
  for (let size = 1024 * 1024; size >= 1; size /= 2) {
    try {
      for (;;) {
        writeFileSync(file, Buffer.alloc(size), { flag: 'a' });
      }
    } catch (error) {
      expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
    }
  }
}

/** Each task's log is what it has written, up to some byte. */
async function expectAsFarAsThereWasRoom(
  world: World,
  api: RunApi,
  runId: string,
): Promise<void> {
  expect(world.processes(runId)).toEqual([]);
  const byTask = Map.groupBy(await api.lines(runId), ({ task }) => task);
  for (const [task, bytes] of world.tasks.written(runId)) {
    const lines = byTask.get(task) ?? [];
    const log = lines.map(({ text }) => text).join('\n');
    expect(
      bytes.toString().startsWith(log),
      `${task}: ${log.slice(-200)}`,
    ).toBe(true);
    expect(lines.length, task).toBeGreaterThan(0);
  }
}

async function expectWorksAgain(
  world: World,
  api: RunApi,
  runId: string,
): Promise<void> {
  rmSync(world.file(runId), { recursive: true, force: true });
  world.tasks.perform({});
  const { status, run } = await api.start(1);
  expect(status).toBe(201);
  expect(await world.ended(api, run.id)).toMatchObject({ phase: 'succeeded' });
}
