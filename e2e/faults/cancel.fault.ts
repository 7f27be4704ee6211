import { expect } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { AMOUNTS } from './amounts.ts';
import { expectWholeLog } from './expectWhole.ts';
import { test } from './fixtures.ts';
import type { RunApi } from './RunApi.ts';
import { until } from './until.ts';
import type { World } from './World.ts';

test('cancel while it is queued', async ({ world }) => {
  world.supervisors.hold();
  const { api, runId } = await world.startRun(2);
  await until('a supervisor is held', () => world.supervisors.held() === 1);
  expect(world.storedPhase(runId)).toBe('queued');
  await api.cancel(runId);

  await expectQuiet(world, api, runId, 'cancelled', () =>
    world.supervisors.letGo(),
  );
  expect(world.tasks.written(runId).size, 'tasks').toBe(0);
});

test('cancel while it is starting', async ({ world }) => {
  world.supervisors.hold();
  const { api, runId } = await world.startRun(2);
  await until('a supervisor is held', () => world.supervisors.held() === 1);
  execFileSync('mkfifo', [world.file(runId, 'heartbeat')]);
  world.supervisors.letGo();
  await until('it starts', () => world.storedPhase(runId) === 'starting');
  await api.cancel(runId);

  await expectQuiet(world, api, runId, 'cancelled');
  expect(world.tasks.written(runId).size, 'tasks').toBe(0);
});

test('cancel while it is running', async ({ world }) => {
  world.tasks.perform({ generate: 'talk 0.02 3' });
  const { api, runId } = await world.startRun(3);
  await world.talking(runId);
  await api.cancel(runId);

  await expectQuiet(world, api, runId, 'cancelled');
});

test('cancel while it is finishing', async ({ world }) => {
  world.tasks.perform({ report: 'leaveDeafOrphan; real report "$@"' });
  const { api, runId } = await world.startRun(2);
  await until('it finishes', () => world.storedPhase(runId) === 'finishing');
  await api.cancel(runId);

  // Its outcome was known before, and stands.
  await expectQuiet(world, api, runId, 'succeeded');
});

test('cancel while it is cancelling', async ({ world }) => {
  world.tasks.perform({ generate: `trap '' TERM; talk 0.05 2` });
  const { api, runId } = await world.startRun(3);
  await world.talking(runId);
  await api.cancel(runId);
  await until('it cancels', () => world.storedPhase(runId) === 'cancelling');
  await api.cancel(runId);

  await expectQuiet(world, api, runId, 'cancelled');
});

/** At the end of the run, and for as long as it takes to believe it. */
async function expectQuiet(
  world: World,
  api: RunApi,
  runId: string,
  phase: string,
  whenEnded: () => void = () => undefined,
): Promise<void> {
  expect(await world.ended(api, runId)).toMatchObject({ phase });
  expect(world.processes(runId)).toEqual([]);
  const written = world.tasks.written(runId);
  const lines = await expectWholeLog(
    world,
    api,
    runId,
    phase === 'cancelled' ? 'killed' : 'by themselves',
  );
  whenEnded();

  await sleep(AMOUNTS.quietMs);
  expect(world.processes(runId)).toEqual([]);
  expect(world.tasks.written(runId)).toEqual(written);
  expect(await api.lines(runId)).toEqual(lines);
  expect(await api.run(runId)).toMatchObject({ phase });
}
