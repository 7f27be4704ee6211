import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { call, succeeds } from './call.mjs';
import { createKind, deleteKind } from './kind.mjs';

/** The Kubernetes of this repository: see its own usage. */
const TOOL = resolve('e2e/cluster/cluster');
const BUILD_IMAGES = resolve('e2e/images/build');

/** Where a registry can be reached, public images do. */
const PUBLIC_IMAGES = {
  driver: 'nextflow/nextflow:25.04.4',
  worker: 'ubuntu:24.04',
};
const OWN_IMAGES = {
  driver: 'localhost/pipeline-demo-driver:test',
  worker: 'localhost/pipeline-demo-worker:test',
};

/**
 * The cluster for tests: the one of KUBECONFIG, else kind where Docker runs,
 * else our own node, which is built and started.
 *
 * @param keep whether `close` leaves up what was started here
 * @returns `name`; `kubeconfig`, a file; `kubectl`, program and first
 *   arguments; `images` of driver and worker; `volumes`, a folder of the node in
 *   which claims are made by hand, where no class makes them; `podLogs`, the
 *   folder of containers' logs, and `tool`, which kills and pauses the node's
 *   components, where it is ours; and `close()`
 * @throws Error with a sentence when there is none
 */
export function openCluster({ keep }) {
  if (process.env.KUBECONFIG && process.env.KUBECONFIG !== ownKubeconfig()) {
    return givenCluster(process.env.KUBECONFIG);
  }
  return succeeds('docker', 'info') && succeeds('kind', 'version')
    ? kindCluster(keep)
    : ownCluster(keep);
}

function givenCluster(kubeconfig) {
  if (!succeeds('kubectl', 'version', '--client')) {
    throw new Error(
      'KUBECONFIG is set, but there is no kubectl: https://kubernetes.io/docs/tasks/tools',
    );
  }
  return {
    name: `the cluster of ${kubeconfig}`,
    kubeconfig,
    kubectl: ['kubectl', '--kubeconfig', kubeconfig],
    images: {
      driver: process.env.PIPELINE_DEMO_DRIVER_IMAGE ?? PUBLIC_IMAGES.driver,
      worker: process.env.PIPELINE_DEMO_WORKER_IMAGE ?? PUBLIC_IMAGES.worker,
    },
    close: () => undefined,
  };
}

function kindCluster(keep) {
  const folder = mkdtempSync(join(tmpdir(), 'pipeline-demo-kind-'));
  const kubeconfig = join(folder, 'kubeconfig');
  createKind('pipeline-demo-e2e', kubeconfig);
  return {
    ...givenCluster(kubeconfig),
    name: 'kind',
    close() {
      if (!keep) {
        deleteKind('pipeline-demo-e2e');
        rmSync(folder, { recursive: true });
      }
    },
  };
}

function ownCluster(keep) {
  const images = call([BUILD_IMAGES]).trim();
  call([TOOL, 'up']);
  for (const image of ['worker', 'driver']) {
    call([TOOL, 'load-image', join(images, `${image}.tar`)]);
  }
  const kubeconfig = ownKubeconfig();
  return {
    name: 'a node of our own',
    kubeconfig,
    kubectl: [TOOL, 'kubectl'],
    images: OWN_IMAGES,
    volumes: '/run/e2e/volumes',
    podLogs: join(dirname(dirname(kubeconfig)), 'var', 'log', 'pods'),
    tool: TOOL,
    close() {
      if (!keep) {
        call([TOOL, 'down']);
      }
    },
  };
}

function ownKubeconfig() {
  const { stdout } = spawnSync(TOOL, ['env'], { encoding: 'utf8' });
  return stdout.trim().replace('export KUBECONFIG=', '');
}
