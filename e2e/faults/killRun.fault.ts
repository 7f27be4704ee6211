import { expect } from '@playwright/test';
import { expectWholeLog } from './expectWhole.ts';
import { test } from './fixtures.ts';
import type { RunApi } from './RunApi.ts';
import { until } from './until.ts';
import type { World } from './World.ts';

test.beforeEach(({ world }) => {
  world.tasks.perform({ generate: 'talk 0.05 3' });
});

test('kill -9 of the supervisor', async ({ world }) => {
  const { api, runId } = await world.startRun(3);
  await world.talking(runId);
  world.killProcessesIn(world.file(runId));

  expect(await world.ended(api, runId)).toMatchObject({
    phase: 'failed',
    outcome: { reason: 'lost' },
  });
  await expectNothingLost(world, api, runId);
});

test('kill -9 of the supervisor while the backend is away', async ({
  world,
}) => {
  const { backend, runId } = await world.startRun(3);
  await world.talking(runId);
  await backend.kill();
  world.killProcessesIn(world.file(runId));

  const api = world.api(await (await world.start()).ready());
  expect(await world.ended(api, runId)).toMatchObject({
    phase: 'failed',
    outcome: { reason: 'lost' },
  });
  await expectNothingLost(world, api, runId);
});

test('kill -9 of everything at once', async ({ world }) => {
  const { backend, runId } = await world.startRun(3);
  await world.talking(runId);
  const all = [backend.pid, ...world.processes(runId).map(({ pid }) => pid)];
  all.forEach(pid => process.kill(pid, 'SIGKILL'));
  await backend.kill();

  const api = world.api(await (await world.start()).ready());
  expect(await world.ended(api, runId)).toMatchObject({
    phase: 'failed',
    outcome: { reason: 'lost' },
  });
  await expectNothingLost(world, api, runId);
});

test('kill -9 of one task', async ({ world }) => {
  const { api, runId } = await world.startRun(3);
  await world.talking(runId);
  world.killProcessesIn(world.file(runId, 'work', 'GENERATE_2'));

  const run = await world.ended(api, runId);
  expect(run).toMatchObject({
    phase: 'failed',
    outcome: { reason: 'task-failed' },
  });
  expect(run.outcome?.message).toContain('GENERATE:2');
  const phases = new Map(run.tasks.map(({ id, phase }) => [id, phase]));
  expect(phases.get('GENERATE:2')).toBe('failed');
  expect(phases.get('GENERATE:1')).toBe('cancelled');
  await expectNothingLost(world, api, runId);
});

test.describe('with a short deadline', () => {
  // The shortest that can be configured.
  test.use({ options: { deadline: '1 minute' } });

  test('the deadline', async ({ world }) => {
    const { api, runId } = await world.startRun(3);
    await world.talking(runId);

    expect(await world.ended(api, runId)).toMatchObject({
      phase: 'failed',
      outcome: { reason: 'deadline' },
    });
    await expectNothingLost(world, api, runId);
  });
});

async function expectNothingLost(
  world: World,
  api: RunApi,
  runId: string,
): Promise<void> {
  expect(world.processes(runId)).toEqual([]);
  await expectWholeLog(world, api, runId, 'killed');
  // The slot is free.
  world.tasks.perform({});
  const { status, run } = await api.start(1);
  expect(status).toBe(201);
  await until('the next run succeeds', async () => {
    const { phase } = await api.run(run.id);
    return phase === 'succeeded';
  });
}
