import { test as base } from '@playwright/test';
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ClusterWorld, type ClusterOptions } from './ClusterWorld.ts';
import { TestCluster } from './TestCluster.ts';

/** A test with a namespace and backends of its own. */
export const test = base.extend<{
  options: ClusterOptions;
  world: ClusterWorld;
}>({
  options: [{}, { option: true }],
  world: async ({ options }, use, info) => {
    const cluster = TestCluster.fromEnvironment();
    const world = await ClusterWorld.create(cluster, options);
    try {
      await use(world);
    } finally {
      if (info.status !== info.expectedStatus) {
        for (const path of globSync(join(world.backends.folder, '*.log'))) {
          await info.attach(basename(path), { path });
        }
        await info.attach('objects', {
          body: await world.namespace.kubectl('get', 'jobs,pods,events'),
        });
      }
      await world.close();
    }
  },
});
