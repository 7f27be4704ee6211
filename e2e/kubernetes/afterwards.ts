import { expect, test } from '@playwright/test';
import { setTimeout as sleep } from 'node:timers/promises';
import { TestCluster } from './TestCluster.ts';
import { forgetLeft, leftNamespaces } from './TestNamespace.ts';

const QUIET_MS = 60_000;

test('a minute after each test there is still nothing', async () => {
  const { undeploy } = await import('../../scripts/cluster/deployTo.mjs');
  const cluster = TestCluster.fromEnvironment();
  const found: string[] = [];
  for (const { name, at } of leftNamespaces()) {
    await sleep(Math.max(0, at + QUIET_MS - Date.now()));
    const objects = await cluster.list(name, 'jobs,pods,configmaps');
    found.push(
      ...objects
        .map(({ kind, metadata }) => `${name}: ${kind} ${metadata.name}`)
        // The cluster's own, in each namespace.
        .filter(object => !object.endsWith('kube-root-ca.crt')),
    );
    undeploy(cluster.description, name);
  }
  forgetLeft();
  expect(found).toEqual([]);
});
