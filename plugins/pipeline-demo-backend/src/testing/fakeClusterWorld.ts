import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { V1Pod } from '@kubernetes/client-node';
import type { LogTask, RunSpec } from 'backstage-plugin-pipeline-demo-common';
import { ClusterClient } from '../kubernetes/ClusterClient';
import type { ClusterClientOptions } from '../kubernetes/ClusterClient';
import { KubernetesEngine } from '../kubernetes/KubernetesEngine';
import type { KubernetesOptions } from '../kubernetes/KubernetesOptions';
import { RUN_LABEL, taskOf } from '../kubernetes/objectNames';
import { isDriver } from '../kubernetes/podContainers';
import { systemClock } from '../SystemClock';
import {
  newKubernetesRun,
  OTHER_PORTAL,
  OWN_PORTAL,
  TEST_OPTIONS,
} from './clusterWorld';
import type { EngineWorld } from './engineContract';
import { FAKE_TOKEN, FakeApiServer } from './FakeApiServer';
import { driverProgram, workerProgram } from './FakeNextflow';
import type { FakeWorkflow } from './FakeNextflow';
import { FakeNode } from './FakeNode';
import { FakeObjects } from './FakeObjects';
import { WORKFLOWS_DIR } from './localWorld';

/** A cluster that is an HTTP server, and what goes on in it. */
export interface FakeClusterWorld extends EngineWorld {
  readonly api: FakeApiServer;
  readonly node: FakeNode;
  readonly objects: FakeObjects;
  /** Path of a kubeconfig that leads to it. */
  readonly kubeconfig: string;
  /** Another client of the same cluster. */
  client(changes?: Partial<ClusterClientOptions>): ClusterClient;
  /** Another engine on it. */
  engineWith(
    changes: Partial<KubernetesOptions>,
    portal?: string,
  ): KubernetesEngine;
}

const WORKFLOW: FakeWorkflow = {
  linesPerTask: 5,
  stepMs: 10,
  exits: new Map(),
  prepare: { exitCode: 0 },
};

const NAMESPACE = 'fake';

/** A world in a fake cluster; `changes` say how runs go in it. */
export async function createFakeClusterWorld(
  changes: Partial<FakeWorkflow> = {},
): Promise<FakeClusterWorld> {
  const workflow = { ...WORKFLOW, ...changes };
  const objects = new FakeObjects();
  const node = FakeNode.start({
    objects,
    stepMs: workflow.stepMs,
    program: (pod, container) =>
      isDriver(pod)
        ? driverProgram(objects, workflow, container)
        : workerProgram(workflow),
  });
  const endJobs = runJobs(objects, node);
  const api = await FakeApiServer.listen({ objects, node });
  const folder = await mkdtemp(join(tmpdir(), 'pipeline-demo-fake-'));
  const kubeconfig = join(folder, 'kubeconfig');
  await writeFile(kubeconfig, JSON.stringify(kubeconfigOf(api.url)));
  const client = (options: Partial<ClusterClientOptions> = {}) =>
    ClusterClient.create({ kubeconfig, namespace: NAMESPACE, ...options });
  const engineWith = (
    options: Partial<KubernetesOptions>,
    portal = OWN_PORTAL,
  ) =>
    KubernetesEngine.create({
      portal,
      cluster: client(),
      options: { ...TEST_OPTIONS, ...options },
      workflowsDir: WORKFLOWS_DIR,
      clock: systemClock,
    });
  return {
    ...{ api, node, objects, kubeconfig, client, engineWith },
    engine: engineWith({}),
    another: () => engineWith({}),
    foreign: () => engineWith({}, OTHER_PORTAL),
    newRun: newKubernetesRun,
    written: async (run, task) => writtenBy(objects, node, run, task),
    async close() {
      endJobs();
      node.close();
      await api.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** The Job controller: whoever makes a Job gets it run. */
function runJobs(objects: FakeObjects, node: FakeNode): () => void {
  const begun = new Set<string>();
  return objects.onChange(() => {
    for (const { metadata } of objects.list('jobs')) {
      const { uid = '', name = '' } = metadata ?? {};
      if (!begun.has(uid)) {
        begun.add(uid);
        void node.runJob(name);
      }
    }
  });
}

/** From the containers' own logs, also of pods that are gone. */
function writtenBy(
  objects: FakeObjects,
  node: FakeNode,
  run: RunSpec,
  task: LogTask,
): readonly string[] {
  return objects
    .everSeen<V1Pod>('pods')
    .filter(
      ({ metadata }) =>
        metadata?.labels?.[RUN_LABEL] === run.id &&
        (taskOf(metadata.labels) ?? 'driver') === task,
    )
    .flatMap(({ metadata }) =>
      [...node.logs]
        .filter(([key]) => key.startsWith(`${metadata?.name}/`))
        .flatMap(([, log]) => log.lines.map(({ text }) => text)),
    );
}

function kubeconfigOf(server: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'fake',
    contexts: [{ name: 'fake', context: { cluster: 'fake', user: 'fake' } }],
    clusters: [
      {
        name: 'fake',
        cluster: { server, 'insecure-skip-tls-verify': true },
      },
    ],
    users: [{ name: 'fake', user: { token: FAKE_TOKEN } }],
  };
}
