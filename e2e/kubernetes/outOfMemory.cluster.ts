import { expect } from '@playwright/test';
import { expectNextRun, expectNothingLeft } from './expectWhole.ts';
import { test } from './fixtures.ts';

/** More than a worker may have; files there are memory, and count as its own. */
const EAT = 'head -c 60M /dev/zero > /dev/shm/eaten';

/** GENERATE takes twenty seconds. */
test.use({
  options: { pace: '4', kubernetes: { worker: { memory: '32Mi' } } },
});

test('a task that runs out of memory', async ({ world }) => {
  const { api, runId } = await world.startRun(2);
  const { name } = await world.running('GENERATE:2');
  // Whoever eats may be the first to be killed; the task comes next.
  await Promise.allSettled([
    world.namespace.kubectl('exec', name, '--', 'bash', '-c', EAT),
  ]);

  const run = await world.ended(api, runId);
  expect(run).toMatchObject({
    phase: 'failed',
    outcome: {
      reason: 'task-failed',
      code: 'OOMKilled',
      message: 'GENERATE:2 ran out of memory and was killed.',
    },
  });
  expect(run.tasks).toContainEqual(
    expect.objectContaining({ id: 'GENERATE:2', phase: 'failed' }),
  );
  await expectNothingLeft(world);
  await expectNextRun(world, api);
});
