import type { Cluster, Resource, Verb } from './Cluster';

/** A verb on a resource, in the words of a Role. */
export interface Right {
  readonly verb: Verb;
  readonly resource: Resource | 'pods/log';
}

/** Everything the backend does in the namespace of the demo while a run goes on. */
export const NEEDED_RIGHTS: readonly Right[] = [
  ...rights('configmaps', ['create', 'get', 'list', 'delete']),
  ...rights('jobs', ['create', 'get', 'list', 'watch', 'delete']),
  ...rights('pods', ['list', 'watch', 'delete']),
  ...rights('pods/log', ['get']),
  ...rights('events', ['list', 'watch']),
];

/** Which of these the API server would refuse us. */
export async function missingRights(
  cluster: Cluster,
  needed: readonly Right[],
  signal: AbortSignal,
): Promise<readonly Right[]> {
  const allowed = await Promise.all(
    needed.map(({ verb, resource }) => cluster.may(verb, resource, signal)),
  );
  return needed.filter((_, index) => !allowed[index]);
}

/** "create jobs, list pods". */
export function namesOf(missing: readonly Right[]): string {
  return missing.map(({ verb, resource }) => `${verb} ${resource}`).join(', ');
}

function rights(
  resource: Right['resource'],
  verbs: readonly Verb[],
): readonly Right[] {
  return verbs.map(verb => ({ verb, resource }));
}
