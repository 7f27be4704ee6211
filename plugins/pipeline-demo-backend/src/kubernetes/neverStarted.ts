import type { RunSpec } from 'backstage-plugin-pipeline-demo-common';
import { driverAttempt } from './driverAttempt';
import { failure } from './outcome';
import type { LastFact } from './outcome';
import type { RunObjects } from './RunObjects';
import { workerAttempts } from './workerAttempts';
import type { WorkerAttempt } from './workerAttempts';

const MINUTE_MS = 60_000;

/**
 * The end of a run of which something waits, nothing works, and nothing has
 * moved for too long: it never will, and waiting takes the place of others.
 *
 * @param now - epoch milliseconds
 * @returns undefined while there is hope
 */
export function neverStarted(
  objects: RunObjects,
  run: RunSpec,
  {
    now,
    startTimeoutMs,
  }: { readonly now: number; readonly startTimeoutMs: number },
): LastFact | undefined {
  const driver = driverAttempt(objects, run);
  const all = [
    ...(driver ? [{ task: DRIVER, attempt: driver }] : []),
    ...workerAttempts(objects),
  ];
  const waits = all.filter(
    ({ attempt: { phase } }) => phase === 'waiting' || phase === 'starting',
  );
  // The driver runs while its tasks wait: it is the tasks that work.
  const works = all.some(
    ({ task, attempt }) => task !== DRIVER && attempt.phase === 'running',
  );
  const movedAt = Math.max(run.createdAt, ...all.map(lastMoveOf));
  if (waits.length === 0 || works || now - movedAt < startTimeoutMs) {
    return undefined;
  }
  // What is known best is said: a wait with a reason, of which there may be many.
  const told = waits.find(({ attempt }) => attempt.reason) ?? waits[0];
  const message = sentenceOf(told, startTimeoutMs);
  const outcome = failure('never-started', message, told.attempt.reason?.code);
  return { type: 'driverExited', at: now, outcome };
}

const DRIVER = 'driver';

function lastMoveOf({ attempt }: WorkerAttempt): number {
  const { createdAt, startingAt, runningAt, endedAt } = attempt;
  return Math.max(createdAt, startingAt ?? 0, runningAt ?? 0, endedAt ?? 0);
}

function sentenceOf(told: WorkerAttempt, afterMs: number): string {
  const { reason } = told.attempt;
  const who = told.task === DRIVER ? 'The driver' : told.task;
  const minutes = Math.round((afterMs / MINUTE_MS) * 10) / 10;
  const why = reason ? `: ${reason.message || reason.code}` : '';
  return `${who} has not started in ${minutes} min${why}`;
}
