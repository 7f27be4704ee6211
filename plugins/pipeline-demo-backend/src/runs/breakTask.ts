import {
  ConflictError,
  CustomErrorBase,
  NotFoundError,
} from '@backstage/errors';
import type { Breaker } from '../ports/Breaker';
import type { Clock } from '../ports/Clock';
import type { RunStore, StoredRun } from '../ports/RunStore';
import { callEngine } from './callEngine';

/** Somebody waits for the answer. */
const BREAK_TIMEOUT_MS = 5_000;

/** What `breakTask` works with. */
export interface BreakDeps {
  readonly runs: RunStore;
  /** Undefined where nothing is broken on purpose. */
  readonly breaker: Breaker | undefined;
  readonly clock: Clock;
  /** Aborted when the process stops. */
  readonly signal: AbortSignal;
}

/** Nothing is broken on purpose here. Answered with 404. */
export class NotOfferedError extends CustomErrorBase {
  readonly name = 'NotOfferedError' as const;
  readonly statusCode = 404 as const;
}

/** The run has no such task. Answered with 404. */
export class UnknownTaskError extends CustomErrorBase {
  readonly name = 'UnknownTaskError' as const;
  readonly statusCode = 404 as const;
}

/**
 * Kills one running task of a run, as a crash would.
 *
 * @returns the run as it was before
 * @throws NotFoundError when there is no such run
 * @throws NotOfferedError, UnknownTaskError
 * @throws ConflictError when the task does not run
 */
export async function breakTask(
  { runs, breaker, clock, signal }: BreakDeps,
  { runId, task }: { readonly runId: string; readonly task: string },
): Promise<StoredRun> {
  if (!breaker) {
    throw new NotOfferedError('This portal breaks no tasks on purpose');
  }
  const stored = await runs.get(runId);
  if (!stored) {
    throw new NotFoundError(`There is no run ${runId}`);
  }
  const found = stored.run.tasks.find(({ id }) => id === task);
  if (!found) {
    throw new UnknownTaskError(`Run ${runId} has no task ${task}`);
  }
  const isBroken =
    found.phase === 'running' &&
    (await callEngine(clock, signal, BREAK_TIMEOUT_MS, aborted =>
      breaker.breakTask(stored.run, found.id, aborted),
    ));
  if (!isBroken) {
    throw new ConflictError(`${task} does not run`);
  }
  return stored;
}
