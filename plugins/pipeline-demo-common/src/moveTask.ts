import { defined } from './defined';
import { sameValue } from './sameValue';
import { isEndedTask, TASK_PHASES } from './task';
import type { Attempt, Task, TaskPhase } from './task';

/** The attempt that counts: the last one created, by uid when two are equally old. @public */
export function newestAttempt(task: Task): Attempt | undefined {
  return task.attempts[task.attempts.length - 1];
}

/**
 * A task after a fact about one of its attempts. Its phase is its newest
 * attempt's, so a newer attempt reopens it, and what is said late of an older
 * one changes that attempt alone.
 *
 * @returns the same object when the fact says nothing new
 */
export function moveTask(task: Task, seen: Attempt): Task {
  const attempts = addAttempt(task.attempts, seen);
  return attempts === task.attempts
    ? task
    : { ...task, attempts, phase: attempts[attempts.length - 1].phase };
}

/**
 * As `moveTask`, for a run that comes to its end: a task that has ended stays
 * as it is, and only its attempts and their times are completed.
 */
export function completeTask(task: Task, seen: Attempt): Task {
  const moved = moveTask(task, seen);
  return moved !== task && isEndedTask(task.phase)
    ? { ...moved, phase: task.phase }
    : moved;
}

/**
 * Ends a task because its run has ended: after success every task has
 * succeeded, seen or not; else what was open is cancelled, and what never
 * began stays planned. Times are left alone: nobody saw them.
 */
export function closeTask(task: Task, end: 'succeeded' | 'cancelled'): Task {
  const newest = newestAttempt(task);
  const attempts = task.attempts.map(attempt =>
    isEndedTask(attempt.phase)
      ? attempt
      : { ...attempt, phase: attempt === newest ? end : 'cancelled' },
  );
  const phase = end === 'succeeded' || isOpen(task.phase) ? end : task.phase;
  const closed: Task = { ...task, phase, attempts };
  return sameValue(closed, task) ? task : closed;
}

/** Whether a fact can be used: a wrong one must not get into a stored run. */
export function isAttempt(attempt: Attempt): boolean {
  return (
    typeof attempt?.uid === 'string' &&
    attempt.uid !== '' &&
    Number.isFinite(attempt.createdAt) &&
    TASK_PHASES.includes(attempt.phase) &&
    (attempt.phase as TaskPhase) !== 'planned' &&
    [
      attempt.waitingAt,
      attempt.startingAt,
      attempt.runningAt,
      attempt.endedAt,
    ].every(time => time === undefined || Number.isFinite(time))
  );
}

function isOpen(phase: TaskPhase): boolean {
  return phase !== 'planned' && !isEndedTask(phase);
}

function addAttempt(
  attempts: readonly Attempt[],
  seen: Attempt,
): readonly Attempt[] {
  const index = attempts.findIndex(attempt => attempt.uid === seen.uid);
  if (index < 0) {
    return [...attempts, defined(seen)].sort(
      (a, b) => a.createdAt - b.createdAt || (a.uid < b.uid ? -1 : 1),
    );
  }
  const known = attempts[index];
  const merged = mergeAttempt(known, seen);
  return sameValue(merged, known)
    ? attempts
    : attempts.map(attempt => (attempt === known ? merged : attempt));
}

/**
 * What is known of one attempt, from two looks at it. Its phase only moves
 * forward; everything else is set once, so that repeated and late facts
 * change nothing; but the reason for waiting is the latest one and goes with
 * the waiting.
 */
function mergeAttempt(known: Attempt, seen: Attempt): Attempt {
  const step = rank(seen.phase) - rank(known.phase);
  return defined({
    ...defined(seen),
    ...defined(known),
    phase: step > 0 ? seen.phase : known.phase,
    reason: mergeReason(known, seen, step),
  });
}

function mergeReason(
  known: Attempt,
  seen: Attempt,
  step: number,
): Attempt['reason'] {
  if (step !== 0) {
    return step > 0 ? seen.reason : known.reason;
  }
  return isEndedTask(known.phase)
    ? known.reason ?? seen.reason
    : seen.reason ?? known.reason;
}

function rank(phase: TaskPhase): number {
  return isEndedTask(phase)
    ? TASK_PHASES.indexOf('succeeded')
    : TASK_PHASES.indexOf(phase);
}
