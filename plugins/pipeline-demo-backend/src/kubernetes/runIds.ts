import type { Cluster } from './Cluster';
import { OF_ALL_RUNS, RUN_LABEL } from './objectNames';

const KINDS = ['jobs', 'pods', 'configmaps'] as const;

/** The runs of which there is anything: `Engine.runIds`. */
export async function runIds(
  cluster: Cluster,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const lists = await Promise.all(
    KINDS.map(kind =>
      cluster.list(kind, { labelSelector: OF_ALL_RUNS }, signal),
    ),
  );
  const ids = lists.flatMap(({ items }) =>
    items.map(({ metadata }) => metadata?.labels?.[RUN_LABEL] ?? ''),
  );
  return [...new Set(ids)];
}
