import type {
  CoreV1Event,
  V1ContainerState,
  V1ContainerStateTerminated,
  V1ContainerStatus,
  V1Job,
  V1Pod,
} from '@kubernetes/client-node';
import type { WaitReason } from 'backstage-plugin-pipeline-demo-common';
import { refusalReason } from './refusalReason';
import { readTerminationMessage } from './terminationMessage';

/** What is known of one attempt, or of the driver. Events are in their order of time. */
export interface Evidence {
  readonly job?: V1Job;
  readonly pod?: V1Pod;
  readonly events: readonly CoreV1Event[];
}

/** A container that is being made, or waits for one before it: how things go, without more. */
const UNDER_WAY: readonly string[] = ['ContainerCreating', 'PodInitializing'];

/** Events that say why it takes so long. */
const HINDRANCES: readonly string[] = [
  'FailedMount',
  'FailedAttachVolume',
  'FailedCreatePodSandBox',
];

/** What the control plane says of a pod that it ends, in our words. */
const DISRUPTIONS: Readonly<Record<string, string>> = {
  PreemptionByScheduler: 'Preempted',
  DeletionByTaintManager: 'NodeLost',
  DeletionByPodGC: 'NodeLost',
  EvictionByEvictionAPI: 'Evicted',
  TerminationByKubelet: 'Evicted',
};

/** A pod whose volumes are not there finds no node either. */
const CLAIM = /persistentvolumeclaim|PersistentVolumeClaims/;

const NODE_AWAY: readonly string[] = ['NodeNotReady', 'NodeLost'];

/**
 * Why it does not move, or why it failed: from the states of its objects, and
 * from Events only where a state says nothing. The code is Kubernetes' own
 * word where it has one; the message is its own text.
 */
export function reasonOf({
  job,
  pod,
  events,
}: Evidence): WaitReason | undefined {
  if (!pod) {
    return withoutPod(job, events);
  }
  const main = mainStatus(pod)?.state;
  if (main?.terminated?.exitCode === 0) {
    return undefined;
  }
  return (
    disruption(pod) ??
    preparation(pod) ??
    (main && stateReason(main)) ??
    unscheduled(pod) ??
    overdue(job) ??
    hindered(pod, main, events)
  );
}

/** The newest word counts: a pod that could not be created may be there by now. */
function withoutPod(
  job: V1Job | undefined,
  events: readonly CoreV1Event[],
): WaitReason | undefined {
  const newest = events.findLast(
    ({ reason }) => reason === 'FailedCreate' || reason === 'SuccessfulCreate',
  );
  return newest?.reason === 'FailedCreate'
    ? refusalReason(newest.message ?? '')
    : overdue(job);
}

/** Who has ended the pod as a whole: an eviction, a preemption, the loss of its node. */
export function disruption({ status }: V1Pod): WaitReason | undefined {
  const target = status?.conditions?.find(
    ({ type, status: isSo }) => type === 'DisruptionTarget' && isSo === 'True',
  );
  const code = DISRUPTIONS[target?.reason ?? ''] ?? status?.reason;
  return code === undefined
    ? undefined
    : { code, message: status?.message ?? target?.message ?? '' };
}

/** What must be done before the container that counts can begin. */
function preparation({ status }: V1Pod): WaitReason | undefined {
  for (const { state } of status?.initContainerStatuses ?? []) {
    const ended = state?.terminated;
    if (ended && ended.exitCode !== 0) {
      return preparationFailed(ended);
    }
    const found = state && stateReason(state);
    if (found) {
      return found;
    }
  }
  return undefined;
}

function preparationFailed({
  message,
  exitCode,
}: V1ContainerStateTerminated): WaitReason {
  const left = readTerminationMessage(message);
  if (left.kind === 'error') {
    return { code: left.code ?? 'PreparationFailed', message: left.message };
  }
  const lastLine = left.kind === 'text' ? left.lastLine : '';
  return {
    code: 'PreparationFailed',
    message: lastLine || `It ended with exit code ${exitCode}.`,
  };
}

function stateReason({
  waiting,
  terminated,
}: V1ContainerState): WaitReason | undefined {
  if (waiting?.reason !== undefined && !UNDER_WAY.includes(waiting.reason)) {
    return { code: waiting.reason, message: waiting.message ?? '' };
  }
  // "Error" and "Completed" say no more than the exit code.
  const { reason, message = '' } = terminated ?? {};
  return reason === undefined || reason === 'Error' || reason === 'Completed'
    ? undefined
    : { code: reason, message };
}

function unscheduled({ status }: V1Pod): WaitReason | undefined {
  const { message = '' } =
    status?.conditions?.find(
      ({ type, reason }) =>
        type === 'PodScheduled' && reason === 'Unschedulable',
    ) ?? {};
  if (message === '') {
    return undefined;
  }
  return {
    code: CLAIM.test(message) ? 'ClaimNotBound' : 'Unschedulable',
    message,
  };
}

function overdue(job: V1Job | undefined): WaitReason | undefined {
  const condition = job?.status?.conditions?.find(
    ({ reason, status }) => reason === 'DeadlineExceeded' && status === 'True',
  );
  return (
    condition && { code: 'DeadlineExceeded', message: condition.message ?? '' }
  );
}

/** Events outlive what they tell of, so they are heard only while it may still be so. */
function hindered(
  { status }: V1Pod,
  main: V1ContainerState | undefined,
  events: readonly CoreV1Event[],
): WaitReason | undefined {
  if (main?.terminated) {
    return undefined;
  }
  const isReady = status?.conditions?.some(
    condition => condition.type === 'Ready' && condition.status === 'True',
  );
  const told = main?.running ? NODE_AWAY : HINDRANCES;
  const newest = isReady
    ? undefined
    : events.findLast(({ reason = '' }) => told.includes(reason));
  return newest && { code: newest.reason ?? '', message: newest.message ?? '' };
}

/** Of the container that does the pod's work. */
function mainStatus({ spec, status }: V1Pod): V1ContainerStatus | undefined {
  const name = spec?.containers[0]?.name;
  return status?.containerStatuses?.find(one => one.name === name);
}
