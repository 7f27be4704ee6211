import { expect } from '@playwright/test';
import type { RunApi } from '../faults/RunApi.ts';
import { leaveOut } from '../faults/leaveOut.ts';
import { until } from '../faults/until.ts';
import type { ClusterWorld } from './ClusterWorld.ts';
import {
  expectNextRun,
  expectNothingLeft,
  expectWholeLog,
} from './expectWhole.ts';
import { test } from './fixtures.ts';

const NEEDS_NODE = 'only on a node of our own can a process be killed';

/** GENERATE takes ten seconds. */
test.use({ options: { pace: '2' } });

test('cancel in mid-run', async ({ world }) => {
  const { api, runId } = await world.startRun(2);
  await world.running('GENERATE:2');
  await api.cancel(runId);

  await expectEnd(world, api, runId, { phase: 'cancelled' });
  await expectNextRun(world, api);
});

test('the pod of the driver is deleted', async ({ world }) => {
  const { api, runId } = await world.startRun(2);
  await world.running('GENERATE:2');
  const { name } = await world.running('driver');
  await world.namespace.kubectl('delete', 'pod', name, '--wait=false');

  await expectEnd(world, api, runId, {
    phase: 'failed',
    outcome: { reason: 'lost' },
  });
  await expectNextRun(world, api);
});

test('kill -9 of the driver', async ({ world }) => {
  leaveOut(!world.cluster.description.tool, NEEDS_NODE);
  const { api, runId } = await world.startRun(2);
  await world.running('GENERATE:2');
  await world.killContainer(await world.running('driver'));

  await expectEnd(world, api, runId, { phase: 'failed' });
  await expectNextRun(world, api);
});

test('kill -9 of a task', async ({ world }) => {
  leaveOut(!world.cluster.description.tool, NEEDS_NODE);
  const { api, runId } = await world.startRun(2);
  await world.killContainer(await world.running('GENERATE:2'));

  const run = await expectEnd(world, api, runId, {
    phase: 'failed',
    outcome: { reason: 'task-failed' },
  });
  expect(run.outcome?.message).toContain('GENERATE:2');
});

test('the Job of the driver is deleted', async ({ world }) => {
  const { api, runId } = await world.startRun(2);
  await world.running('GENERATE:2');
  const { job } = await world.running('driver');
  await world.namespace.kubectl('delete', 'job', job, '--wait=false');

  await expectEnd(world, api, runId, { phase: 'failed' });
});

test.describe('with an image that is not there', () => {
  const image = 'localhost/nobody-has-built-this:1';
  test.use({ options: { kubernetes: { worker: { image } } } });

  test('the run fails and names it', async ({ world }) => {
    const { api, runId } = await world.startRun(1);
    const run = await expectEnd(world, api, runId, { phase: 'failed' });
    expect(run.outcome?.message).toContain(image);
  });
});

test.describe('with a quota for one worker less', () => {
  test.use({
    options: {
      pace: '0.4',
      patches: [
        {
          target: { kind: 'ResourceQuota' },
          patch: JSON.stringify([
            { op: 'add', path: '/spec/hard/pods', value: '2' },
          ]),
        },
      ],
    },
  });

  test('tasks wait for each other, and all succeed', async ({ world }) => {
    const { api, runId } = await world.startRun(2);
    await until('a task says what it waits for', async () =>
      JSON.stringify(await api.run(runId)).includes('exceeded quota'),
    );
    expect(await world.ended(api, runId)).toMatchObject({ phase: 'succeeded' });
    await expectNothingLeft(world);
    await expectWholeLog(world, api, runId);
  });
});

test.describe('with a quota that refuses the driver', () => {
  test.use({
    options: {
      kubernetes: { startTimeout: '10s' },
      patches: [
        {
          target: { kind: 'ResourceQuota' },
          patch: JSON.stringify([
            { op: 'add', path: '/spec/hard/count~1pods', value: '0' },
          ]),
        },
      ],
    },
  });

  test('it says so while it waits, and at the end', async ({ world }) => {
    const { api, runId } = await world.startRun(1);
    await until('the driver says what it waits for', () =>
      world.driverWaits(runId).includes('QuotaExceeded'),
    );
    await expectEnd(world, api, runId, {
      phase: 'failed',
      outcome: { reason: 'never-started', code: 'QuotaExceeded' },
    });
  });
});

test.describe('with a driver that no node can take', () => {
  test.use({
    options: {
      kubernetes: {
        driver: { cpu: '60' },
        startTimeout: '10s',
      },
      patches: [
        {
          target: { kind: 'ResourceQuota' },
          patch: '[{"op": "remove", "path": "/spec/hard"}]',
        },
      ],
    },
  });

  test('the start timeout ends the run', async ({ world }) => {
    const { api, runId } = await world.startRun(1);
    await expectEnd(world, api, runId, {
      phase: 'failed',
      outcome: { reason: 'never-started', code: 'Unschedulable' },
    });
    expect(world.driverWaits(runId)).toContain('Unschedulable');
  });
});

/** The end that is expected, with nothing left and what could be read of the log. */
async function expectEnd(
  world: ClusterWorld,
  api: RunApi,
  runId: string,
  end: Record<string, unknown>,
) {
  const run = await world.ended(api, runId);
  expect(run).toMatchObject(end);
  await expectNothingLeft(world);
  await expectWholeLog(world, api, runId);
  return run;
}
