import { test } from '@playwright/test';
import warmUp from '../faults/warmUp.ts';
import { TestCluster } from './TestCluster.ts';
import { forgetLeft } from './TestNamespace.ts';

test('the cluster answers, and a backend starts', async () => {
  forgetLeft();
  await TestCluster.fromEnvironment().kubectl('get', 'nodes');
  await warmUp();
});
