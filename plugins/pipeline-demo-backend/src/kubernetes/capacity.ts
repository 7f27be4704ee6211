import type { Capacity } from 'backstage-plugin-pipeline-demo-common';
import type { Clock } from '../ports/Clock';
import type { Cluster } from './Cluster';

/** What the cluster can give: not known yet. */
export async function readCapacity(
  _cluster: Cluster,
  clock: Clock,
  _signal: AbortSignal,
): Promise<Capacity> {
  return { basis: 'none', at: clock.now() };
}
