import { randomBytes } from 'node:crypto';
import type { RunSpec } from 'backstage-plugin-pipeline-demo-common';
import { ClusterClient } from '../kubernetes/ClusterClient';
import { KubernetesEngine } from '../kubernetes/KubernetesEngine';
import type { KubernetesOptions } from '../kubernetes/KubernetesOptions';
import { systemClock } from '../SystemClock';
import type { EngineWorld } from './engineContract';
import { patience, removed } from './engineRuns';
import { WORKFLOWS_DIR } from './localWorld';
import { PodLogs } from './PodLogs';

/** Who has the worlds' engines, and who else is there. */
export const OWN_PORTAL = '0b8f6c1e-5f0e-4c39-8d2a-6a1f1c5a7e01';
export const OTHER_PORTAL = '9d2f4a77-0c1b-4e55-b3a8-2f6f0d9c8b02';

/** As the settings have them, for small clusters and quick tests. */
export const TEST_OPTIONS: KubernetesOptions = {
  driver: {
    image: 'driver',
    cpu: 2,
    memory: 2 ** 30,
    serviceAccount: 'pipeline-demo-driver',
  },
  worker: {
    image: 'worker',
    cpu: 1,
    memory: 2 ** 28,
    serviceAccount: 'pipeline-demo-worker',
  },
  claim: 'pipeline-demo-work',
  workerPlacement: 'driver-node',
  imagePullPolicy: 'IfNotPresent',
  imagePullSecrets: [],
  deadlineMs: 10 * 60_000,
  startTimeoutMs: 5 * 60_000,
  keepFinishedMs: 60 * 60_000,
  pace: 0.02,
};

/**
 * Engines on a real cluster, in a namespace to which deploy/ was applied:
 * whoever starts the tests names it in the environment.
 */
export async function createClusterWorld(): Promise<EngineWorld> {
  const kubeconfig = variable('PIPELINE_DEMO_TEST_KUBECONFIG');
  const namespace = variable('PIPELINE_DEMO_TEST_NAMESPACE');
  const folder = variable('PIPELINE_DEMO_TEST_POD_LOGS');
  const image = {
    driver: variable('PIPELINE_DEMO_DRIVER_IMAGE'),
    worker: variable('PIPELINE_DEMO_WORKER_IMAGE'),
  };
  const { driver, worker } = TEST_OPTIONS;
  const engineOf = (portal: string) =>
    KubernetesEngine.create({
      portal,
      cluster: ClusterClient.create({ kubeconfig, namespace }),
      options: {
        ...TEST_OPTIONS,
        driver: { ...driver, image: image.driver },
        worker: { ...worker, image: image.worker },
      },
      workflowsDir: WORKFLOWS_DIR,
      clock: systemClock,
    });
  const engine = engineOf(OWN_PORTAL);
  const podLogs = PodLogs.watch({ kubeconfig, namespace, folder });
  return {
    engine,
    another: () => engineOf(OWN_PORTAL),
    foreign: () => engineOf(OTHER_PORTAL),
    newRun: newKubernetesRun,
    written: async (run, task) => podLogs.written(run, task),
    async close() {
      for (const id of await engine.runIds(patience())) {
        await removed(engine, { ...newKubernetesRun(1), id }, 'nothing');
      }
      podLogs.close();
    },
  };
}

/** A run that was not launched yet. */
export function newKubernetesRun(batchCount: number): RunSpec {
  return {
    id: `r${randomBytes(4).toString('hex')}`,
    batchCount,
    engine: 'kubernetes',
    createdBy: 'user:default/guest',
    createdAt: Date.now(),
    seed: 42,
  };
}

function variable(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: npm run e2e starts these tests.`);
  }
  return value;
}
