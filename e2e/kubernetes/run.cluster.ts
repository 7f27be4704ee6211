import { expect } from '@playwright/test';
import { expectSuccess } from './expectWhole.ts';
import { test } from './fixtures.ts';

for (const batchCount of [1, 5]) {
  test(`N = ${batchCount}`, async ({ world }) => {
    const { api, runId } = await world.startRun(batchCount);
    await expectSuccess(world, api, runId);
    expect(world.pods.pods).toHaveLength(2 * batchCount + 2);
  });
}

test.describe('slowly enough for a busy machine', () => {
  test.use({ options: { pace: '3' } });

  test('N = 12: all of GENERATE at one instant, within the quota', async ({
    world,
  }) => {
    const { api, runId } = await world.startRun(12);
    await expectSuccess(world, api, runId);
    expect(world.pods.peakOf('GENERATE')).toBe(12);
    const quota = await world.namespace.kubectl(
      ...['get', 'resourcequota', 'pipeline-demo'],
      ...[
        '--output',
        'jsonpath={.spec.hard.requests\\.cpu} {.spec.hard.requests\\.memory} {.status.used.requests\\.cpu}',
      ],
    );
    expect(quota).toBe('14 50Gi 0');
  });
});
