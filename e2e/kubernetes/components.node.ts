import { setTimeout as sleep } from 'node:timers/promises';
import { expectSuccess } from './expectWhole.ts';
import { test } from './fixtures.ts';

const API_SERVER_AWAY_MS = 10_000;
/** Longer than the node's lease: it is not ready meanwhile. */
const KUBELET_AWAY_MS = 60_000;

// One node: one test at a time.
test.describe.configure({ mode: 'default' });
test.use({ options: { pace: '2' } });

test('the API server is killed in mid-run', async ({ world }) => {
  const { api, runId } = await world.startRun(2);
  await world.running('GENERATE:2');
  await world.cluster.node('kill', 'kube-apiserver');
  await sleep(API_SERVER_AWAY_MS);
  await world.cluster.node('start', 'kube-apiserver');
  await expectSuccess(world, api, runId);
});

test('the kubelet stands still in mid-run', async ({ world }) => {
  const { api, runId } = await world.startRun(2);
  await world.running('GENERATE:2');
  await world.cluster.node('pause', 'kubelet');
  await sleep(KUBELET_AWAY_MS);
  await world.cluster.node('resume', 'kubelet');
  await expectSuccess(world, api, runId);
});

test('the kubelet is killed in mid-run', async ({ world }) => {
  const { api, runId } = await world.startRun(2);
  await world.running('GENERATE:2');
  await world.cluster.node('kill', 'kubelet');
  await world.cluster.node('start', 'kubelet');
  await expectSuccess(world, api, runId);
});
