import {
  isEnded,
  isEndedTask,
  type Attempt,
  type Run,
  type Task,
} from 'backstage-plugin-pipeline-demo-common';
import type { PhaseName } from './Phase';
import { isStuck } from './stuck';

/**
 * The word for a task: its phase, but a task that never began was not
 * "cancelled", and one that cannot begin is "stuck".
 */
export type TaskWord =
  | 'planned'
  | 'waiting'
  | 'starting'
  | 'stuck'
  | 'running'
  | 'succeeded'
  | 'failed'
  | 'cancelling'
  | 'cancelled'
  | 'notRun';

/** How a task is shown, given how its run is. */
export interface TaskLook {
  readonly phase: PhaseName;
  readonly word: TaskWord;
  /** Seconds it has run, or ran, or is starting; missing before that. */
  readonly seconds?: number;
}

/**
 * How to show a task.
 *
 * @param now - epoch milliseconds of the run's clock
 */
export function lookOf(run: Run, task: Task, now: number): TaskLook {
  const attempt = task.attempts[task.attempts.length - 1];
  if (attempt && isStuck(run, task)) {
    const seconds = attemptSeconds(attempt, now);
    return { phase: 'blocked', word: 'stuck', seconds };
  }
  if (!attempt || task.phase === 'planned' || task.phase === 'waiting') {
    return unstarted(run, task);
  }
  const seconds = attemptSeconds(attempt, now);
  if (run.phase === 'cancelling' && !isEndedTask(task.phase)) {
    return { phase: 'cancelling', word: 'cancelling', seconds };
  }
  if (task.phase === 'cancelled') {
    // One that never ran has no time to show, and nothing was stopped.
    return attempt.runningAt === undefined
      ? { phase: 'planned', word: 'notRun' }
      : { phase: 'cancelled', word: 'cancelled', seconds };
  }
  return { phase: task.phase, word: task.phase, seconds };
}

function unstarted(run: Run, task: Task): TaskLook {
  const over =
    isEnded(run.phase) ||
    run.phase === 'cancelling' ||
    run.outcome !== undefined;
  if (over || task.phase === 'cancelled') {
    return { phase: 'planned', word: 'notRun' };
  }
  return task.phase === 'waiting'
    ? { phase: 'waiting', word: 'waiting' }
    : { phase: 'planned', word: 'planned' };
}

/** Seconds an attempt has run, or ran, or is starting; missing while it waits. */
export function attemptSeconds(
  attempt: Attempt,
  now: number,
): number | undefined {
  const from = attempt.runningAt ?? attempt.startingAt;
  if (from === undefined) {
    return undefined;
  }
  return Math.max(0, ((attempt.endedAt ?? now) - from) / 1000);
}

/**
 * Seconds from the click to the outcome, or to now.
 *
 * @param now - epoch milliseconds of the run's clock
 */
export function runSeconds(run: Run, now: number): number {
  return Math.max(0, ((run.finishedAt ?? now) - run.createdAt) / 1000);
}
