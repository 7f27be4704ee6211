import type {
  CoreV1Event,
  V1ContainerState,
  V1ContainerStateTerminated,
  V1Job,
  V1Pod,
} from '@kubernetes/client-node';
import type { Attempt } from 'backstage-plugin-pipeline-demo-common';
import { constants } from 'node:os';
import { reasonOf } from './podReason';
import { epochMs } from './times';

/** What there is, or was, of one attempt: a Job of Nextflow, and its pod. */
export interface AttemptObjects {
  /** The Job's, or the pod's when it is not the Job's first. */
  readonly uid: string;
  readonly job?: V1Job;
  readonly pod?: V1Pod;
  /** About the Job or the pod, oldest first. */
  readonly events: readonly CoreV1Event[];
  /** Whether nothing of it is there any more. */
  readonly isGone: boolean;
}

type Step = Pick<
  Attempt,
  | 'phase'
  | 'startingAt'
  | 'runningAt'
  | 'endedAt'
  | 'exitCode'
  | 'signal'
  | 'outOfMemory'
>;

/** Exit codes of shells: this and the number of the signal. */
const SIGNAL_BASE = 128;

const SIGNALS: ReadonlyMap<number, string> = new Map(
  Object.entries(constants.signals).map(([name, number]) => [number, name]),
);

/**
 * An attempt as its objects tell it. What counts is the state of the
 * container: a pod that is deleted keeps its phase while its container ends,
 * and a quick one is never seen running.
 */
export function attemptOf(objects: AttemptObjects): Attempt {
  const { uid, job, pod, isGone } = objects;
  const createdAt = epochMs(
    (job ?? pod)?.metadata?.creationTimestamp ?? new Date(0),
  );
  const step = pod ? stepOf(pod) : { phase: 'waiting' as const };
  const reason = reasonOf(objects);
  const attempt: Attempt = {
    uid,
    createdAt,
    waitingAt: createdAt,
    ...step,
    node: pod?.spec?.nodeName,
    place: (pod ?? job)?.metadata?.name,
    reason,
  };
  return isGone && !hasEnded(attempt)
    ? {
        ...attempt,
        phase: 'failed',
        reason: {
          code: 'Deleted',
          message: `${attempt.place} was deleted before it ended.`,
        },
      }
    : attempt;
}

/** The state of the container that does the pod's work: others may come from the cluster. */
export function mainState(pod: V1Pod): V1ContainerState | undefined {
  const name = pod.spec?.containers[0]?.name;
  return pod.status?.containerStatuses?.find(status => status.name === name)
    ?.state;
}

/** Whether the pod as a whole has failed: evicted, refused by its node, lost with it. */
export function hasPodFailed(pod: V1Pod): boolean {
  return pod.status?.phase === 'Failed';
}

function stepOf(pod: V1Pod): Step {
  const startingAt = scheduledAt(pod);
  const state = mainState(pod);
  if (state?.terminated) {
    return { startingAt, ...endOf(state.terminated) };
  }
  if (hasPodFailed(pod)) {
    return { phase: 'failed', startingAt };
  }
  if (state?.running) {
    const { startedAt } = state.running;
    return { phase: 'running', startingAt, runningAt: epochMs(startedAt) };
  }
  return startingAt === undefined
    ? { phase: 'waiting' }
    : { phase: 'starting', startingAt };
}

function scheduledAt(pod: V1Pod): number | undefined {
  const scheduled = pod.status?.conditions?.find(
    ({ type, status }) => type === 'PodScheduled' && status === 'True',
  );
  return epochMs(scheduled?.lastTransitionTime);
}

function endOf({
  exitCode,
  reason,
  startedAt,
  finishedAt,
}: V1ContainerStateTerminated): Step {
  return {
    phase: exitCode === 0 ? 'succeeded' : 'failed',
    runningAt: epochMs(startedAt),
    endedAt: epochMs(finishedAt),
    exitCode,
    signal: SIGNALS.get(exitCode - SIGNAL_BASE),
    // What the kernel killed was a child, and the task went on without it.
    outOfMemory: reason === 'OOMKilled' && exitCode !== 0 ? true : undefined,
  };
}

function hasEnded({ phase }: Attempt): boolean {
  return phase === 'succeeded' || phase === 'failed';
}
