import type { Cluster } from './Cluster';
import { ofOwnRuns, RUN_LABEL } from './objectNames';

const KINDS = ['jobs', 'pods', 'configmaps'] as const;

/** The runs of a portal of which there is anything: `Engine.runIds`. */
export async function runIds(
  cluster: Cluster,
  portal: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const lists = await Promise.all(
    KINDS.map(kind =>
      cluster.list(kind, { labelSelector: ofOwnRuns(portal) }, signal),
    ),
  );
  const ids = lists.flatMap(({ items }) =>
    items.map(({ metadata }) => metadata?.labels?.[RUN_LABEL] ?? ''),
  );
  return [...new Set(ids)];
}
