import type { V1Job } from '@kubernetes/client-node';
import type { Cluster } from './Cluster';
import { driversOfOthers, PORTAL_LABEL, RUN_LABEL } from './objectNames';

/** A run that another portal has in our namespace. */
export interface RunOfOther {
  readonly id: string;
  readonly portal: string;
}

/**
 * What other portals have under way in the namespace: they share its quota,
 * and each thinks that a run has all of it.
 */
export async function runsOfOthers(
  cluster: Cluster,
  portal: string,
  signal: AbortSignal,
): Promise<readonly RunOfOther[]> {
  const { items } = await cluster.list<V1Job>(
    'jobs',
    { labelSelector: driversOfOthers(portal) },
    signal,
  );
  return items.filter(isActive).map(({ metadata }) => ({
    id: metadata?.labels?.[RUN_LABEL] ?? metadata?.name ?? '',
    portal: metadata?.labels?.[PORTAL_LABEL] ?? 'unknown',
  }));
}

/** "run r1 of the portal 4f1c" */
export function nameOfRun({ id, portal }: RunOfOther): string {
  return `run ${id} of the portal ${portal}`;
}

function isActive({ status }: V1Job): boolean {
  const isFinished = status?.conditions?.some(
    ({ type, status: isSo }) =>
      isSo === 'True' && (type === 'Complete' || type === 'Failed'),
  );
  return isFinished !== true;
}
