import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { call } from './call.mjs';

/** Kustomize wants resources at relative paths. */
const OVERLAYS = resolve('node_modules/.cache');
/** As deploy/ calls it. */
const CLAIM = 'pipeline-demo-work';

/**
 * Applies deploy/ in a namespace of its own, as an overlay would.
 *
 * @param cluster of `openCluster`
 * @param patches Kustomize's, for what shall differ
 */
export function deployTo(cluster, namespace, patches = []) {
  const folder = mkdtempSync(join(OVERLAYS, 'deploy-'));
  try {
    const volume = cluster.volumes ? handMade(cluster.volumes, namespace) : [];
    writeFileSync(
      join(folder, 'kustomization.yaml'),
      JSON.stringify({
        apiVersion: 'kustomize.config.k8s.io/v1beta1',
        kind: 'Kustomization',
        namespace,
        resources: [
          relative(folder, resolve('deploy')),
          ...volume.map(() => 'volume.yaml'),
        ],
        patches: [...volume.map(({ patch }) => patch), ...patches],
      }),
    );
    volume.forEach(({ object }) =>
      writeFileSync(join(folder, 'volume.yaml'), JSON.stringify(object)),
    );
    if (cluster.volumes) {
      const path = `${cluster.volumes}/${namespace}`;
      call([cluster.tool, 'in-node', 'install', '-d', '-m', '777', path]);
    }
    call([...cluster.kubectl, 'apply', '-k', folder]);
    if (cluster.volumes) {
      // Else runs would begin by waiting for it.
      call([
        ...[...cluster.kubectl, 'wait', '--namespace', namespace],
        ...[`persistentvolumeclaim/${CLAIM}`, '--timeout=120s'],
        '--for=jsonpath={.status.phase}=Bound',
      ]);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Deletes a namespace and its volume, and waits until they are gone. */
export function undeploy(cluster, namespace) {
  const remove = (...what) =>
    call([...cluster.kubectl, 'delete', '--ignore-not-found', ...what]);
  remove('namespace', namespace);
  if (cluster.volumes) {
    remove('persistentvolume', namespace);
    call([
      cluster.tool,
      'in-node',
      'rm',
      '-rf',
      `${cluster.volumes}/${namespace}`,
    ]);
  }
}

/** A volume on the node, and the claim that asks for it. */
function handMade(folder, namespace) {
  return [
    {
      object: {
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: { name: namespace },
        spec: {
          capacity: { storage: '1Gi' },
          accessModes: ['ReadWriteOnce'],
          storageClassName: '',
          // Kubernetes looks again at once, not some time later.
          claimRef: { namespace, name: CLAIM },
          hostPath: { path: `${folder}/${namespace}`, type: 'Directory' },
        },
      },
      patch: {
        target: { kind: 'PersistentVolumeClaim' },
        patch: JSON.stringify([
          { op: 'add', path: '/spec/storageClassName', value: '' },
          { op: 'add', path: '/spec/volumeName', value: namespace },
        ]),
      },
    },
  ];
}
