import { expect } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterWorld } from './ClusterWorld.ts';
import {
  expectNextRun,
  expectNothingLeft,
  expectSuccess,
} from './expectWhole.ts';
import { test } from './fixtures.ts';

/** A portal removes what it does not know at its second sweep, a minute after its first. */
const TWO_SWEEPS_MS = 75_000;

/** GENERATE takes a minute, and ANALYZE most of another. */
test.use({ options: { pace: '12' } });

test('two portals in one namespace leave each other alone', async ({
  world,
}) => {
  const { api, runId } = await world.startRun(1);
  await world.running('GENERATE:1');
  const other = await otherPortal(world);
  const since = Date.now();

  const { run: refused } = await other.start(1);
  expect(await world.ended(other, refused.id)).toMatchObject({
    phase: 'failed',
    outcome: {
      reason: 'launch-refused',
      code: 'NamespaceInUse',
      message: expect.stringContaining(`run ${runId} of the portal`),
    },
  });
  const { runs, portals, names } = await objectsOfRuns(world);
  expect(runs).toEqual([runId]);
  expect(portals).toHaveLength(1);
  // ConfigMap; driver and GENERATE:1, each a Job and its pod.
  expect(names).toHaveLength(5);

  await expectSuccess(world, api, runId);
  expect(Date.now() - since).toBeGreaterThan(TWO_SWEEPS_MS);
  // Who was refused may run now.
  await expectNextRun(world, other);
  await expectNothingLeft(world);
});

/** A backend in the same namespace, whose database knows nothing of the first. */
async function otherPortal(world: ClusterWorld) {
  const directory = join(world.backends.folder, 'other');
  mkdirSync(directory);
  const backend = await world.backends.start({
    database: { client: 'better-sqlite3', connection: { directory } },
    // Its own run need not take minutes.
    env: { PIPELINE_DEMO_PACE: '0.4' },
  });
  return world.backends.api(await backend.ready());
}

/** By the labels alone, as kubectl tells them. */
async function objectsOfRuns({ cluster, namespace }: ClusterWorld) {
  const objects = await cluster.list(
    namespace.name,
    'jobs,pods,configmaps',
    '--selector=pipeline-demo/run-id',
  );
  const valuesOf = (label: string) => [
    ...new Set(objects.map(({ metadata }) => metadata.labels?.[label])),
  ];
  return {
    runs: valuesOf('pipeline-demo/run-id'),
    portals: valuesOf('pipeline-demo/portal'),
    names: objects.map(({ metadata }) => metadata.name),
  };
}
