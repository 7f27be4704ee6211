import type { V1Job, V1Pod } from '@kubernetes/client-node';
import type { Attempt, TaskId } from 'backstage-plugin-pipeline-demo-common';
import { ROLE_LABEL, taskOf } from './objectNames';
import { attemptOf } from './podFacts';
import type { RunObjects } from './RunObjects';
import { epochMs } from './times';

/** A task's attempt. */
export interface WorkerAttempt {
  readonly task: TaskId;
  readonly attempt: Attempt;
}

interface Known<T> {
  readonly object: T;
  readonly isGone: boolean;
}

/** The attempts of all tasks, as far as they are known. */
export function workerAttempts(objects: RunObjects): WorkerAttempt[] {
  const pods = podsByOwner(objects);
  const jobs = known(objects.jobs).filter(({ object }) => isWorker(object));
  const owners = new Map(
    jobs.map(job => [job.object.metadata?.uid ?? '', job] as const),
  );
  return [...new Set([...owners.keys(), ...pods.keys()])].flatMap(owner =>
    attemptsOf(objects, owner, owners.get(owner), pods.get(owner) ?? []),
  );
}

/** A Job's first pod is the Job's attempt; should it get another one, that is an attempt of its own. */
function attemptsOf(
  objects: RunObjects,
  owner: string,
  job: Known<V1Job> | undefined,
  pods: readonly Known<V1Pod>[],
): WorkerAttempt[] {
  const [first, ...others] = pods;
  const task = taskOf((job ?? first).object.metadata?.labels);
  if (task === undefined) {
    return [];
  }
  const told = (uid: string, pod: Known<V1Pod> | undefined): WorkerAttempt => ({
    task,
    attempt: attemptOf({
      uid,
      job: job?.object,
      pod: pod?.object,
      events: objects.eventsOf(job?.object, pod?.object),
      isGone: (pod ?? job)?.isGone === true,
    }),
  });
  return [
    told(owner, first),
    ...others.map(pod => ({
      task,
      attempt: {
        ...told(pod.object.metadata?.uid ?? '', pod).attempt,
        createdAt: createdAt(pod),
      },
    })),
  ];
}

function podsByOwner(objects: RunObjects): Map<string, Known<V1Pod>[]> {
  const pods = known(objects.pods)
    .filter(({ object }) => isWorker(object))
    .sort((a, b) => createdAt(a) - createdAt(b));
  const byOwner = new Map<string, Known<V1Pod>[]>();
  for (const pod of pods) {
    const { ownerReferences, uid = '' } = pod.object.metadata ?? {};
    const owner = ownerReferences?.[0]?.uid ?? uid;
    byOwner.set(owner, [...(byOwner.get(owner) ?? []), pod]);
  }
  return byOwner;
}

function known<T>(shelf: {
  readonly there: readonly T[];
  readonly gone: readonly T[];
}): Known<T>[] {
  return [
    ...shelf.there.map(object => ({ object, isGone: false })),
    ...shelf.gone.map(object => ({ object, isGone: true })),
  ];
}

function isWorker({ metadata }: V1Job | V1Pod): boolean {
  return metadata?.labels?.[ROLE_LABEL] === 'worker';
}

function createdAt({ object }: Known<V1Pod>): number {
  return epochMs(object.metadata?.creationTimestamp ?? new Date(0));
}
