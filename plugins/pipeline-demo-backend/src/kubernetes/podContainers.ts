import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import type { LogTask } from 'backstage-plugin-pipeline-demo-common';
import { ROLE_LABEL, taskOf } from './objectNames';
import type { Role } from './objectNames';
import { epochMs } from './times';

/** Of a pod, what has a log that belongs to the run. */
export interface PodContainer {
  /** `<pod uid>/<container>` */
  readonly id: string;
  readonly task: LogTask;
  readonly pod: string;
  readonly container: string;
  /** "unstarted" has ended without having begun, and has no log. */
  readonly state: 'waiting' | 'running' | 'terminated' | 'unstarted';
  /** Epoch milliseconds: of the container, or of its pod. */
  readonly startedAt: number;
}

const DRIVER: Role = 'driver';

/** A container that could not be started has no start in its status: the zero of time. */
const NEVER = 0;

export function isDriver(pod: V1Pod): boolean {
  return pod.metadata?.labels?.[ROLE_LABEL] === DRIVER;
}

/**
 * The containers of the run's work: the pod's first one, and what prepares it.
 * Others were put there by the cluster (a mesh's proxy) and are not ours.
 */
export function podContainers(pod: V1Pod): readonly PodContainer[] {
  const { name = '', uid = '', creationTimestamp } = pod.metadata ?? {};
  const task = isDriver(pod) ? DRIVER : taskOf(pod.metadata?.labels);
  const names = [
    ...(pod.spec?.initContainers ?? [])
      .filter(({ restartPolicy }) => restartPolicy === undefined)
      .map(container => container.name),
    ...(pod.spec?.containers ?? []).slice(0, 1).map(main => main.name),
  ];
  return task === undefined
    ? []
    : names.map(container => {
        const status = statusOf(pod, container);
        return {
          id: `${uid}/${container}`,
          task,
          pod: name,
          container,
          state: stateOf(status),
          startedAt: startOf(status) ?? epochMs(creationTimestamp) ?? NEVER,
        };
      });
}

/** Whether the pod goes, and a container of it may still start before that. */
export function isGoing(pod: V1Pod): boolean {
  return pod.metadata?.deletionTimestamp !== undefined && !hasEnded(pod);
}

/** Whether the driver in its pod has ended, or will never begin. */
export function hasEnded(pod: V1Pod): boolean {
  const main = pod.spec?.containers[0]?.name ?? '';
  const phase = pod.status?.phase;
  return (
    phase === 'Succeeded' ||
    phase === 'Failed' ||
    statusOf(pod, main)?.state?.terminated !== undefined
  );
}

function statusOf(pod: V1Pod, name: string): V1ContainerStatus | undefined {
  const { containerStatuses = [], initContainerStatuses = [] } =
    pod.status ?? {};
  return [...initContainerStatuses, ...containerStatuses].find(
    status => status.name === name,
  );
}

function stateOf(status: V1ContainerStatus | undefined): PodContainer['state'] {
  const { running, terminated } = status?.state ?? {};
  if (terminated) {
    return startOf(status) === NEVER ? 'unstarted' : 'terminated';
  }
  return running ? 'running' : 'waiting';
}

function startOf(status: V1ContainerStatus | undefined): number | undefined {
  const { running, terminated } = status?.state ?? {};
  return epochMs((running ?? terminated)?.startedAt);
}
