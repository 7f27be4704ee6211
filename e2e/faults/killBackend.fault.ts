import { expect } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expectWholeLog } from './expectWhole.ts';
import { test } from './fixtures.ts';
import type { RunApi } from './RunApi.ts';
import { until } from './until.ts';
import type { World } from './World.ts';

const AWAY_MS = 30_000;

const DEAF_TALK = `trap '' TERM; talk 0.05 2`;

test('queued', async ({ world }) => {
  world.supervisors.hold();
  const { backend, runId } = await world.startRun(2);
  await until('a supervisor is held', () => world.supervisors.held() === 1);
  await backend.kill();
  expect(world.storedPhase(runId)).toBe('queued');

  const api = await again(world);
  // The one of before lives, and now there are two.
  await until('another one is held', () => world.supervisors.held() === 2);
  world.supervisors.letGo();
  await expectSuccess(world, api, runId);
});

test('starting', async ({ world }) => {
  world.supervisors.hold();
  const { backend, api: before, runId } = await world.startRun(2);
  await until('a supervisor is held', () => world.supervisors.held() === 1);
  // It claims the run, and then stands before a pipe that nobody reads.
  const heartbeat = world.file(runId, 'heartbeat');
  execFileSync('mkfifo', [heartbeat]);
  world.supervisors.letGo();
  await until(
    'it has started',
    async () => (await before.run(runId)).phase === 'starting',
  );
  await backend.kill();
  expect(world.storedPhase(runId)).toBe('starting');

  const api = await again(world);
  const reader = openSync(heartbeat, constants.O_RDONLY | constants.O_NONBLOCK);
  await expectSuccess(world, api, runId);
  closeSync(reader);
});

test('running', async ({ world }) => {
  world.tasks.perform({ generate: 'talk 0.02 3; real generate "$@"' });
  const { backend, runId } = await world.startRun(3);
  await world.talking(runId);
  await backend.kill();
  expect(world.storedPhase(runId)).toBe('running');

  const api = await again(world);
  world.tasks.enough();
  await expectSuccess(world, api, runId);
});

test('finishing', async ({ world }) => {
  world.tasks.perform({ report: 'leaveDeafOrphan; real report "$@"' });
  const { backend, runId } = await world.startRun(2);
  await until('it finishes', () => world.storedPhase(runId) === 'finishing');
  await backend.kill();
  expect(world.storedPhase(runId)).toBe('finishing');

  await expectSuccess(world, await again(world), runId);
});

test('cancelling', async ({ world }) => {
  world.tasks.perform({ generate: DEAF_TALK });
  const { backend, api: before, runId } = await world.startRun(3);
  await world.talking(runId);
  await before.cancel(runId);
  await until('it cancels', () => world.storedPhase(runId) === 'cancelling');
  await backend.kill();
  expect(world.storedPhase(runId)).toBe('cancelling');

  const api = await again(world);
  expect(await world.ended(api, runId)).toMatchObject({ phase: 'cancelled' });
  expect(world.processes(runId)).toEqual([]);
  await expectWholeLog(world, api, runId, 'killed');
  expectOneRun(world);
});

test('when only the wish to cancel is stored', async ({ world }) => {
  world.tasks.perform({ generate: 'talk 0.05 2' });
  const { backend, api: before, runId } = await world.startRun(2);
  await world.talking(runId);
  await before.cancel(runId);
  await backend.kill();

  const api = await again(world);
  expect(await world.ended(api, runId)).toMatchObject({ phase: 'cancelled' });
  expect(world.processes(runId)).toEqual([]);
  await expectWholeLog(world, api, runId, 'killed');
});

test('while it is away for half a minute', async ({ world }) => {
  world.tasks.perform({ generate: 'talk 0.2 5; real generate "$@"' });
  const { backend, runId } = await world.startRun(2);
  await world.talking(runId);
  await backend.kill();
  await sleep(AWAY_MS);

  const api = await again(world);
  world.tasks.enough();
  await expectSuccess(world, api, runId);
});

async function again(world: World): Promise<RunApi> {
  return world.api(await (await world.start()).ready());
}

async function expectSuccess(
  world: World,
  api: RunApi,
  runId: string,
): Promise<void> {
  expect(await world.ended(api, runId)).toMatchObject({
    phase: 'succeeded',
    hasReport: true,
  });
  expect(world.processes(runId)).toEqual([]);
  await expectWholeLog(world, api, runId, 'by themselves');
  expect(world.tasks.nonces(runId).size, 'one supervisor').toBe(1);
  expectOneRun(world);
}

function expectOneRun(world: World): void {
  expect(world.rows('select phase, slot from runs')).toHaveLength(1);
}
