import type {
  KubernetesObject,
  V1LimitRange,
  V1Node,
  V1Pod,
  V1ResourceQuota,
} from '@kubernetes/client-node';
import { tidy } from 'backstage-plugin-pipeline-demo-common';
import type {
  Capacity,
  Resources,
} from 'backstage-plugin-pipeline-demo-common';
import type { Clock } from '../ports/Clock';
import { ClusterError } from './Cluster';
import type { Cluster, Resource } from './Cluster';
import type { WorkerPlacement } from './KubernetesOptions';
import { largestNode, nodesRoom } from './nodeRoom';
import { largestPod, quotaRooms } from './quotaRoom';

/** What something allows in all, and what of it is in use. */
export interface Room {
  readonly limit: Resources;
  readonly used: Resources;
}

/** What `readCapacity` works with. */
export interface CapacityDeps {
  readonly cluster: Cluster;
  readonly clock: Clock;
  readonly workerPlacement: WorkerPlacement;
}

const FORBIDDEN = 403;
const KINDS = ['cpu', 'memory'] as const;

/**
 * What the namespace may use, and does: of all quotas, and of the nodes where
 * they may be read, what is tightest now. What may not be read does not limit.
 */
export async function readCapacity(
  { cluster, clock, workerPlacement }: CapacityDeps,
  signal: AbortSignal,
): Promise<Capacity> {
  const read = <T extends KubernetesObject>(resource: Resource) =>
    listIfAllowed<T>(cluster, resource, signal);
  const [quotas, ranges, nodes, pods] = await Promise.all([
    read<V1ResourceQuota>('resourcequotas'),
    read<V1LimitRange>('limitranges'),
    read<V1Node>('nodes'),
    read<V1Pod>('pods'),
  ]);
  const ofQuotas = quotaRooms(quotas);
  const ofNodes = nodesRoom(nodes, pods, workerPlacement);
  const rooms = ofNodes ? [...ofQuotas, ofNodes] : ofQuotas;
  return {
    basis: basisOf(ofQuotas, ofNodes),
    at: clock.now(),
    ...tightest(rooms),
    largestNode: largestNode(nodes),
    largestPod: largestPod(ranges),
  };
}

async function listIfAllowed<T extends KubernetesObject>(
  cluster: Cluster,
  resource: Resource,
  signal: AbortSignal,
): Promise<readonly T[]> {
  try {
    return (await cluster.list<T>(resource, {}, signal)).items;
  } catch (error) {
    if (error instanceof ClusterError && error.status === FORBIDDEN) {
      return [];
    }
    throw error;
  }
}

function basisOf(
  ofQuotas: readonly Room[],
  ofNodes: Room | undefined,
): Capacity['basis'] {
  if (ofQuotas.length > 0) {
    return 'quota';
  }
  return ofNodes ? 'nodes' : 'none';
}

/** Of each kind, where the least is left. */
function tightest(rooms: readonly Room[]): Partial<Room> {
  if (rooms.length === 0) {
    return {};
  }
  const [cpu, memory] = KINDS.map(kind => {
    const left = ({ limit, used }: Room) => limit[kind] - used[kind];
    return rooms.reduce((a, b) => (left(b) < left(a) ? b : a));
  });
  return {
    limit: tidy({ cpu: cpu.limit.cpu, memory: memory.limit.memory }),
    used: tidy({ cpu: cpu.used.cpu, memory: memory.used.memory }),
  };
}
