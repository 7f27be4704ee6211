import type { V1PersistentVolumeClaim } from '@kubernetes/client-node';
import type { Check } from 'backstage-plugin-pipeline-demo-common';
import type { CheckDeps } from './checkCluster';

const BASE = { id: 'claim', title: 'Volume of the work' };

/** Modes in which pods of several nodes share a volume. */
const SHARED = 'ReadWriteMany';

/** Whether the claim that driver and workers share is there, bound, and fit for where they run. */
export async function checkClaim(
  { cluster, options }: CheckDeps,
  signal: AbortSignal,
): Promise<Check> {
  const { claim: name, workerPlacement } = options;
  const claim = await cluster.get<V1PersistentVolumeClaim>(
    'persistentvolumeclaims',
    name,
    signal,
  );
  if (!claim) {
    return {
      ...BASE,
      status: 'failed',
      sentence: `There is no claim ${name}.`,
      repair:
        'kubectl apply -k deploy/ makes one; or correct pipelineDemo.kubernetes.claim.',
    };
  }
  const { phase } = claim.status ?? {};
  if (phase === 'Lost') {
    return {
      ...BASE,
      status: 'failed',
      sentence: `The volume of the claim ${name} is gone.`,
      repair: `Delete the claim and make it again: kubectl delete pvc ${name}, then kubectl apply -k deploy/`,
    };
  }
  if (phase !== 'Bound') {
    return {
      ...BASE,
      status: 'warning',
      sentence: `The claim ${name} has no volume yet.`,
      repair: `Nothing to do if its storage class waits for the first pod; else look at kubectl describe pvc ${name}.`,
    };
  }
  const isShared = claim.spec?.accessModes?.includes(SHARED) === true;
  return isShared || workerPlacement === 'driver-node'
    ? { ...BASE, status: 'ok', sentence: `The claim ${name} is bound.` }
    : {
        ...BASE,
        status: 'warning',
        sentence: `The claim ${name} can be mounted on one node alone, and workers may run on any.`,
        repair:
          'Set pipelineDemo.kubernetes.workersOnDriverNode to true, or use a claim that is ReadWriteMany.',
      };
}
