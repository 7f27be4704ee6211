import type { Check } from 'backstage-plugin-pipeline-demo-common';
import type { CheckDeps } from './checkCluster';
import { nameOfRun, runsOfOthers } from './runsOfOthers';

const BASE = { id: 'others', title: 'Other portals' };

/** Whether another portal has a run under way in the namespace: ours would be refused. */
export async function checkOthers(
  { cluster, portal }: CheckDeps,
  signal: AbortSignal,
): Promise<Check> {
  const [other] = await runsOfOthers(cluster, portal, signal);
  return other
    ? {
        ...BASE,
        status: 'warning',
        sentence: `In the namespace ${cluster.namespace}, ${nameOfRun(
          other,
        )} is under way: until it has ended, runs of other portals are refused.`,
        repair:
          'Wait for its end, or give each portal a namespace of its own: pipelineDemo.kubernetes.namespace.',
      }
    : {
        ...BASE,
        status: 'ok',
        sentence: `No other portal has a run under way in the namespace ${cluster.namespace}.`,
      };
}
