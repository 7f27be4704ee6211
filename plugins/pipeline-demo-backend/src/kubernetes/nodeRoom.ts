import type { V1Node, V1Pod } from '@kubernetes/client-node';
import type { Resources } from 'backstage-plugin-pipeline-demo-common';
import type { Room } from './capacity';
import type { WorkerPlacement } from './KubernetesOptions';
import { parseQuantity } from './quantities';

type Amounts = Readonly<Record<string, string>>;

/** The effects of a taint that keep pods away. */
const REPELLING: readonly string[] = ['NoSchedule', 'NoExecute'];

const NOTHING: Resources = { cpu: 0, memory: 0 };

/**
 * The room on all nodes that take pods, or on the largest one if all must be
 * on the same. In use is what is asked for in the namespace: nobody shows us
 * the others.
 *
 * @returns undefined when no node may be read
 */
export function nodesRoom(
  nodes: readonly V1Node[],
  pods: readonly V1Pod[],
  placement: WorkerPlacement,
): Room | undefined {
  const all = nodes.filter(takesPods).map(allocatable);
  if (all.length === 0) {
    return undefined;
  }
  const limit =
    placement === 'driver-node' ? all.reduce(mostOf) : all.reduce(add);
  return {
    limit,
    used: pods.filter(holdsRoom).map(asked).reduce(add, NOTHING),
  };
}

/** The most of each that a node has; undefined when no node may be read. */
export function largestNode(nodes: readonly V1Node[]): Resources | undefined {
  const all = nodes.filter(takesPods).map(allocatable);
  return all.length === 0 ? undefined : all.reduce(mostOf);
}

function takesPods({ spec, status }: V1Node): boolean {
  const isReady = status?.conditions?.some(
    condition => condition.type === 'Ready' && condition.status === 'True',
  );
  const isTainted = spec?.taints?.some(({ effect }) =>
    REPELLING.includes(effect),
  );
  return isReady === true && !isTainted && spec?.unschedulable !== true;
}

function allocatable({ status }: V1Node): Resources {
  return amounts(status?.allocatable as Amounts | undefined);
}

/** Scheduled, and not at its end. */
function holdsRoom({ spec, status }: V1Pod): boolean {
  const isOver = status?.phase === 'Succeeded' || status?.phase === 'Failed';
  return spec?.nodeName !== undefined && !isOver;
}

function asked({ spec }: V1Pod): Resources {
  return (spec?.containers ?? [])
    .map(({ resources }) => amounts(resources?.requests as Amounts | undefined))
    .reduce(add, NOTHING);
}

function amounts(named: Amounts | undefined): Resources {
  return {
    cpu: parseQuantity(named?.cpu ?? '') ?? 0,
    memory: parseQuantity(named?.memory ?? '') ?? 0,
  };
}

function add(a: Resources, b: Resources): Resources {
  return { cpu: a.cpu + b.cpu, memory: a.memory + b.memory };
}

function mostOf(a: Resources, b: Resources): Resources {
  return {
    cpu: Math.max(a.cpu, b.cpu),
    memory: Math.max(a.memory, b.memory),
  };
}
