import type { V1Namespace } from '@kubernetes/client-node';
import type { Check } from 'backstage-plugin-pipeline-demo-common';
import type { CheckDeps } from './checkCluster';

const BASE = { id: 'namespace', title: 'Namespace and Pod Security' };

const LEVEL_LABEL = 'pod-security.kubernetes.io/enforce';

/** Whether the namespace is there and lets Nextflow's workers in. */
export async function checkNamespace(
  { cluster }: CheckDeps,
  signal: AbortSignal,
): Promise<Check> {
  const name = cluster.namespace;
  const found = await cluster.get<V1Namespace>('namespaces', name, signal);
  if (!found) {
    return {
      ...BASE,
      status: 'failed',
      sentence: `There is no namespace ${name}.`,
      repair:
        'kubectl apply -k deploy/ makes it; or correct pipelineDemo.kubernetes.namespace.',
    };
  }
  const level = found.metadata?.labels?.[LEVEL_LABEL];
  return level === 'restricted'
    ? {
        ...BASE,
        status: 'failed',
        sentence: `The namespace ${name} enforces the Pod Security level restricted, which Nextflow's workers do not meet.`,
        repair: `kubectl label namespace ${name} ${LEVEL_LABEL}=baseline --overwrite`,
      }
    : {
        ...BASE,
        status: 'ok',
        sentence: `The namespace ${name} is there; its Pod Security level is ${
          level ?? "the cluster's own"
        }.`,
      };
}
