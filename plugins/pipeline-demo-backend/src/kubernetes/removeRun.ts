import type {
  KubernetesObject,
  V1ConfigMap,
  V1Job,
  V1Pod,
} from '@kubernetes/client-node';
import type { RunSpec } from 'backstage-plugin-pipeline-demo-common';
import { NotPermittedError } from '../ports/Engine';
import { ClusterError } from './Cluster';
import type { Cluster, Resource } from './Cluster';
import { objectName, ofOwnRun, ROLE_LABEL, taskOf } from './objectNames';

/**
 * How long what is removed may take to end. Shorter than the pods themselves
 * ask for: a shell that is told to end before it listens ends only when killed.
 */
const GRACE_SECONDS = 3;

const FORBIDDEN = 403;

/** Whose run it is, and where. */
export interface OwnRun {
  readonly cluster: Cluster;
  readonly portal: string;
  readonly run: RunSpec;
}

/** What a run has in the cluster. */
interface RunList {
  readonly jobs: readonly V1Job[];
  readonly pods: readonly V1Pod[];
  readonly configMaps: readonly V1ConfigMap[];
}

/**
 * Deletes what there is of a run: `Engine.remove`. One pass: the driver first,
 * so that nobody makes new workers while they go. A pod that ends closes its
 * log in good order, so who follows it now reads it to its end.
 */
export async function removeRun(
  own: OwnRun,
  signal: AbortSignal,
): Promise<void> {
  const { cluster, run } = own;
  const { jobs, pods, configMaps } = await listRun(own, signal);
  const isDriver = ({ metadata }: V1Job) => metadata?.name === objectName(run);
  const drivers = jobs.filter(isDriver);
  const workers = jobs.filter(job => !isDriver(job));
  await Promise.all(deletions(cluster, 'jobs', drivers, signal));
  await Promise.all([
    ...deletions(cluster, 'jobs', workers, signal),
    ...deletions(cluster, 'pods', pods, signal),
    ...deletions(cluster, 'configmaps', configMaps, signal),
  ]);
}

/** What there is of a run, in words for people: `Engine.left`. */
export async function leftOf(
  own: OwnRun,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { jobs, pods, configMaps } = await listRun(own, signal);
  return [
    ...jobs.map(job => nameOf('Job', job)),
    ...pods.map(pod => nameOf('pod', pod)),
    ...configMaps.map(configMap => nameOf('ConfigMap', configMap)),
  ];
}

async function listRun(
  { cluster, portal, run }: OwnRun,
  signal: AbortSignal,
): Promise<RunList> {
  const list = async <T extends KubernetesObject>(resource: Resource) => {
    const selection = { labelSelector: ofOwnRun(run, portal) };
    try {
      return (await cluster.list<T>(resource, selection, signal)).items;
    } catch (error) {
      throw isForbidden(error)
        ? new NotPermittedError(
            `The portal may not list ${resource} in the namespace ${cluster.namespace}.`,
          )
        : error;
    }
  };
  const [jobs, pods, configMaps] = await Promise.all([
    list<V1Job>('jobs'),
    list<V1Pod>('pods'),
    list<V1ConfigMap>('configmaps'),
  ]);
  return { jobs, pods, configMaps };
}

function isForbidden(error: unknown): boolean {
  return error instanceof ClusterError && error.status === FORBIDDEN;
}

/** What is being deleted already needs no second word, unless it takes its time. */
function deletions(
  cluster: Cluster,
  resource: Resource,
  objects: readonly KubernetesObject[],
  signal: AbortSignal,
): Promise<void>[] {
  const gracePeriodSeconds = resource === 'pods' ? GRACE_SECONDS : undefined;
  return objects
    .filter(({ metadata }) => {
      const { deletionTimestamp, deletionGracePeriodSeconds = 0 } =
        metadata ?? {};
      return !deletionTimestamp || deletionGracePeriodSeconds > GRACE_SECONDS;
    })
    .map(({ metadata }) =>
      cluster.delete(
        resource,
        metadata?.name ?? '',
        { uid: metadata?.uid, gracePeriodSeconds },
        signal,
      ),
    );
}

/** "pod nf-0c6b (GENERATE:3)" */
function nameOf(kind: string, { metadata }: KubernetesObject): string {
  const labels = metadata?.labels;
  const role = labels?.[ROLE_LABEL] === 'driver' ? 'driver' : undefined;
  const whose = kind === 'ConfigMap' ? undefined : taskOf(labels) ?? role;
  return `${kind} ${metadata?.name}${whose ? ` (${whose})` : ''}`;
}
