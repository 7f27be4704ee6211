import type {
  V1ContainerStateTerminated,
  V1Job,
  V1JobCondition,
  V1Pod,
} from '@kubernetes/client-node';
import type {
  Attempt,
  Outcome,
  RunSpec,
} from 'backstage-plugin-pipeline-demo-common';
import type { Fact } from '../ports/Engine';
import { PREPARE_CONTAINER } from './driverPod';
import { plainError } from './driverRefusal';
import { objectName, ROLE_LABEL } from './objectNames';
import { hasPodFailed, mainState } from './podFacts';
import { disruption } from './podReason';
import type { RunObjects } from './RunObjects';
import { driverCode } from './refusalReason';
import { readTerminationMessage } from './terminationMessage';
import { epochMs } from './times';
import { workerAttempts } from './workerAttempts';
import type { WorkerAttempt } from './workerAttempts';

/** A fact after which nothing comes. */
export type LastFact = Exclude<
  Fact,
  { readonly type: 'task' | 'driver' | 'seen' }
>;

/** Exit codes above this are signals: nobody exits with them in good order. */
const SIGNAL_BASE = 128;

/** Why a container does not start, and never will without help. */
const BLOCKED = [
  'CreateContainerConfigError',
  'CreateContainerError',
  'ErrImageNeverPull',
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'RunContainerError',
];

/** The driver's Job. */
export function driverJob(
  objects: RunObjects,
  run: RunSpec,
): V1Job | undefined {
  const name = objectName(run);
  return objects.jobs.there.find(({ metadata }) => metadata?.name === name);
}

/** The driver's pod, also when it is gone. */
export function driverPod(objects: RunObjects): V1Pod | undefined {
  return [...objects.pods.there, ...objects.pods.gone].find(
    ({ metadata }) => metadata?.labels?.[ROLE_LABEL] === 'driver',
  );
}

/**
 * How the run has ended, as far as Kubernetes tells.
 *
 * @param now - epoch milliseconds, for what has no time of its own
 * @returns undefined while it goes on, and while its end is not decided
 */
export function endOf(
  objects: RunObjects,
  run: RunSpec,
  now: number,
): LastFact | undefined {
  const job = driverJob(objects, run);
  if (!job) {
    const message = `The Job ${objectName(run)} is not there.`;
    return { type: 'jobMissing', at: now, message };
  }
  const failed = failureOf(job);
  if (failed?.reason === 'DeadlineExceeded') {
    const at = epochMs(failed.lastTransitionTime) ?? now;
    const message = failed.message ?? 'The run took longer than it may.';
    return { type: 'deadline', at, message };
  }
  const pod = driverPod(objects);
  const ended = pod && mainState(pod)?.terminated;
  if (ended && ended.exitCode !== 0 && !isDecided(job, pod)) {
    return undefined;
  }
  if (ended) {
    const at = epochMs(ended.finishedAt) ?? now;
    const outcome = outcomeOf(pod, ended, workerAttempts(objects));
    return { type: 'driverExited', at, outcome };
  }
  const at = epochMs(failed?.lastTransitionTime) ?? now;
  const outcome = withoutExit(job, pod, failed);
  return outcome && { type: 'driverExited', at, outcome };
}

/**
 * A driver that was told to end leaves it to its Job to say why: at a deadline
 * it is the Job that ends its pod.
 */
function isDecided(job: V1Job, pod: V1Pod): boolean {
  return !pod.metadata?.deletionTimestamp || failureOf(job) !== undefined;
}

/** The condition with which a Job fails; `FailureTarget` comes first, while its pods end. */
function failureOf({ status }: V1Job): V1JobCondition | undefined {
  return status?.conditions?.find(
    condition =>
      (condition.type === 'Failed' || condition.type === 'FailureTarget') &&
      condition.status === 'True',
  );
}

/** What the exit of the driver means. */
function outcomeOf(
  pod: V1Pod,
  ended: V1ContainerStateTerminated,
  attempts: readonly WorkerAttempt[],
): Outcome {
  if (ended.exitCode === 0) {
    return { type: 'succeeded' };
  }
  if (ended.reason === 'OOMKilled') {
    const message = 'The driver ran out of memory and was killed.';
    return failure('lost', message, 'OOMKilled');
  }
  if (pod.metadata?.deletionTimestamp) {
    return lostPod('The driver was ended from outside.', pod);
  }
  if (ended.exitCode > SIGNAL_BASE) {
    const signal = ended.exitCode - SIGNAL_BASE;
    const message = `The driver was killed by signal ${signal}.`;
    return failure('lost', message, 'Killed');
  }
  const failed = firstFailed(attempts) ?? firstBlocked(attempts);
  if (failed) {
    const { outOfMemory, reason } = failed.attempt;
    const code = outOfMemory ? 'OOMKilled' : reason?.code;
    return failure('task-failed', sentenceOf(failed), code);
  }
  const left = readTerminationMessage(ended.message);
  const message =
    (left.kind === 'error' && plainError(left.message)) ||
    (left.kind === 'text' && left.lastLine) ||
    `The driver ended with exit code ${ended.exitCode}.`;
  return failure('driver-failed', message, driverCode(message));
}

/** What has become of a driver that has left no exit code of its own. */
function withoutExit(
  job: V1Job,
  pod: V1Pod | undefined,
  failed: V1JobCondition | undefined,
): Outcome | undefined {
  const prepared = pod?.status?.initContainerStatuses?.find(
    ({ name }) => name === PREPARE_CONTAINER,
  )?.state?.terminated;
  if (prepared && prepared.exitCode !== 0) {
    const left = readTerminationMessage(prepared.message);
    const why =
      left.kind === 'error'
        ? left.message
        : `The workflow could not be made ready (exit code ${prepared.exitCode}).`;
    const code = left.kind === 'error' ? left.code : undefined;
    return failure('driver-failed', why, code ?? 'PreparationFailed');
  }
  if (job.status?.succeeded) {
    return { type: 'succeeded' };
  }
  if (pod && hasPodFailed(pod)) {
    return lostPod("The driver's pod has failed.", pod);
  }
  return failed && lostPod("The driver's pod is lost.", pod);
}

/** A pod that others have ended; without a word of theirs, somebody has deleted it. */
function lostPod(message: string, pod: V1Pod | undefined): Outcome {
  const more = pod ? evictionOf(pod) : '';
  const code = pod && disruption(pod)?.code;
  return failure('lost', `${message}${more}`, code ?? 'Deleted');
}

/** What the pod says of its own end: " Evicted: The node was low on resource: memory." */
function evictionOf({ status }: V1Pod): string {
  const target = status?.conditions?.find(
    ({ type }) => type === 'DisruptionTarget',
  );
  const reason = status?.reason ?? target?.reason;
  const message = status?.message ?? target?.message;
  const words = [reason, message].filter(word => word !== undefined);
  return words.length === 0 ? '' : ` ${words.join(': ')}`;
}

/** Of the newest attempts, the one that failed first. */
function firstFailed(
  attempts: readonly WorkerAttempt[],
): WorkerAttempt | undefined {
  const newest = new Map<string, WorkerAttempt>();
  for (const worker of attempts) {
    const known = newest.get(worker.task);
    if (!known || known.attempt.createdAt <= worker.attempt.createdAt) {
      newest.set(worker.task, worker);
    }
  }
  const endedAt = ({ attempt }: WorkerAttempt) => attempt.endedAt ?? Infinity;
  return [...newest.values()]
    .filter(({ attempt }) => attempt.phase === 'failed')
    .sort((a, b) => endedAt(a) - endedAt(b))[0];
}

/** One that Nextflow has given up, since it could not start. */
function firstBlocked(
  attempts: readonly WorkerAttempt[],
): WorkerAttempt | undefined {
  return attempts.find(
    ({ attempt: { phase, reason } }) =>
      (phase === 'waiting' || phase === 'starting') &&
      BLOCKED.includes(reason?.code ?? ''),
  );
}

function sentenceOf({ task, attempt }: WorkerAttempt): string {
  return `${task} ${howItFailed(attempt)}.`;
}

function howItFailed({
  phase,
  exitCode,
  signal,
  outOfMemory,
  reason,
}: Attempt): string {
  if (phase !== 'failed') {
    return `could not start: ${reason?.message || reason?.code}`;
  }
  if (outOfMemory) {
    return 'ran out of memory and was killed';
  }
  if (signal !== undefined) {
    return `was killed by ${signal}`;
  }
  if (exitCode !== undefined) {
    return `failed with exit code ${exitCode}`;
  }
  return reason ? `failed: ${reason.message || reason.code}` : 'failed';
}

/** @param code - the engine's word for the cause, where it has one */
export function failure(
  reason: 'lost' | 'task-failed' | 'driver-failed' | 'never-started',
  message: string,
  code?: string,
): Outcome {
  return code === undefined
    ? { type: 'failed', reason, message }
    : { type: 'failed', reason, message, code };
}
