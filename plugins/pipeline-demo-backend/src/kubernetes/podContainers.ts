import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import type { LogTask } from 'backstage-plugin-pipeline-demo-common';
import { ROLE_LABEL, TASK_LABEL } from './objectNames';
import type { Role } from './objectNames';

/** Of a pod, what has a log that belongs to the run. */
export interface PodContainer {
  /** `<pod uid>/<container>` */
  readonly id: string;
  readonly task: LogTask;
  readonly pod: string;
  readonly container: string;
  readonly state: 'waiting' | 'running' | 'terminated';
  /** Epoch milliseconds: of the container, or of its pod. */
  readonly startedAt: number;
}

const DRIVER: Role = 'driver';

/** Nextflow's `GENERATE_2` of our `GENERATE:2`. */
const TASK_NAME = /^(GENERATE|ANALYZE)_([1-9]\d?)$|^REPORT$/;

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
  const task = taskOf(pod);
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
          startedAt: startOf(status) ?? epochMs(creationTimestamp),
        };
      });
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

/** @returns undefined when the pod does no task that we know */
function taskOf(pod: V1Pod): LogTask | undefined {
  if (isDriver(pod)) {
    return 'driver';
  }
  const name = pod.metadata?.labels?.[TASK_LABEL] ?? '';
  return TASK_NAME.test(name) ? name.replace('_', ':') : undefined;
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
    return startOf(status) === NEVER ? 'waiting' : 'terminated';
  }
  return running ? 'running' : 'waiting';
}

function startOf(status: V1ContainerStatus | undefined): number | undefined {
  const { running, terminated } = status?.state ?? {};
  const startedAt = (running ?? terminated)?.startedAt;
  return startedAt && epochMs(startedAt);
}

/** Times come as texts, whatever their type says: nobody has parsed them. */
function epochMs(time: Date | string | undefined): number {
  return time === undefined ? NEVER : new Date(time).getTime();
}
