import { DRIVER_PHASES } from '../driver';
import type { DriverState } from '../driver';
import { newestAttempt } from '../moveTask';
import { plan } from '../plan';
import { countTasks, progress } from '../progress';
import { isEnded } from '../run';
import type { Run, RunPhase } from '../run';
import { sameValue } from '../sameValue';
import { isEndedTask, TASK_PHASES } from '../task';
import type { Attempt, Task, TaskPhase } from '../task';

/** Every way from a phase to another. */
export const LEGAL: Readonly<Record<RunPhase, readonly RunPhase[]>> = {
  queued: ['starting', 'finishing', 'cancelling'],
  starting: ['running', 'finishing', 'cancelling'],
  running: ['finishing', 'cancelling'],
  finishing: ['succeeded', 'failed'],
  cancelling: ['cancelled', 'failed'],
  succeeded: [],
  failed: [],
  cancelled: [],
};

/** Not `expect`, which is too slow for hundreds of thousands of them. */
export function must(holds: boolean, law: string): void {
  if (!holds) {
    throw new Error(`Broken law: ${law}`);
  }
}

/** What must hold for every run, however it came about. */
export function checkRun(run: Run): void {
  checkCounts(run);
  const isOver = isEnded(run.phase);
  const hasFinished = ['finishing', 'cancelling'].includes(run.phase) || isOver;
  const hasOutcome = ['finishing', 'succeeded', 'failed'].includes(run.phase);
  must((run.finishedAt !== undefined) === hasFinished, 'finishedAt is set');
  must((run.endedAt !== undefined) === isOver, 'endedAt is set');
  must((run.outcome !== undefined) === hasOutcome, 'the outcome is known');
  for (const task of run.tasks) {
    checkTask(run, task);
  }
}

/** What must hold between a run and another one that came of it. */
export function checkStep(run: Run, next: Run): void {
  must(next.event === run.event + 1, 'events are numbered');
  must(!sameValue({ ...next, event: run.event }, run), 'an event is news');
  must(!isEnded(run.phase), 'ended is ended');
  must(
    next.phase === run.phase || LEGAL[run.phase].includes(next.phase),
    'a run takes legal ways',
  );
  for (const once of ['launchedAt', 'finishedAt', 'outcome'] as const) {
    must(
      run[once] === undefined || sameValue(run[once], next[once]),
      `${once} stands`,
    );
  }
  checkDriver(run.driver, next.driver);
  run.tasks.forEach((task, index) => {
    checkAttempts(task, next.tasks[index]);
    checkWay(run, next, task, next.tasks[index]);
  });
}

function checkCounts(run: Run): void {
  const size = 2 * run.batchCount + 1;
  const { total, ...counts } = countTasks(run);
  const { finished, percent } = progress(run);
  const idsOf = (tasks: readonly Task[]) => tasks.map(({ id }) => id).join();
  must(
    idsOf(run.tasks) === idsOf(plan(run.batchCount).tasks),
    'the tasks are those of the plan',
  );
  must(
    total === size && Object.values(counts).reduce((a, b) => a + b) === size,
    'the counts add up to 2N+1',
  );
  must(finished <= size && percent <= 100, 'progress has an end');
  must(
    (percent === 100) === (!!run.report || !!run.reportProblem),
    '100 % means that the report was read',
  );
}

function checkTask(run: Run, task: Task): void {
  const { attempts } = task;
  const order = attempts.map(({ createdAt, uid }) => `${createdAt} ${uid}`);
  must(
    order.join() === [...new Set(order)].sort().join(),
    'attempts are in order, each once',
  );
  if (run.outcome?.type === 'succeeded') {
    must(task.phase === 'succeeded', 'a success is one of all tasks');
  } else if (run.finishedAt === undefined) {
    must(
      task.phase === (newestAttempt(task)?.phase ?? 'planned'),
      'the newest attempt counts',
    );
  }
  if (run.outcome || isEnded(run.phase)) {
    const isOver =
      attempts.every(({ phase }) => isEndedTask(phase)) &&
      (isEndedTask(task.phase) || attempts.length === 0);
    must(isOver, 'nothing is open after the end');
  }
}

function checkAttempts(task: Task, moved: Task): void {
  for (const known of task.attempts) {
    const again = moved.attempts.find(({ uid }) => uid === known.uid);
    must(again !== undefined, 'attempts are not forgotten');
    must(isCompleted(known, again!), 'what is known of an attempt stays');
  }
}

function isCompleted(known: Attempt, again: Attempt): boolean {
  const { phase, reason, ...setOnce } = known;
  return (
    isForward(phase, again.phase) &&
    Object.entries(setOnce).every(
      ([key, value]) => again[key as keyof Attempt] === value,
    )
  );
}

function checkDriver(
  known: DriverState | undefined,
  next: DriverState | undefined,
): void {
  if (!known) {
    return;
  }
  must(next !== undefined, 'the driver is not forgotten');
  const step =
    DRIVER_PHASES.indexOf(next!.phase) - DRIVER_PHASES.indexOf(known.phase);
  must(step >= 0, 'the driver goes forward');
  must(step > 0 || next!.since === known.since, 'since when it waits stands');
  must(
    known.node === undefined || next!.node === known.node,
    'the driver stays on its node',
  );
}

function checkWay(run: Run, next: Run, task: Task, moved: Task): void {
  // While a run is cancelled a newer attempt still moves a task that is open.
  const isReopened =
    newestAttempt(moved)?.uid !== newestAttempt(task)?.uid &&
    (next.finishedAt === undefined || !isEndedTask(task.phase));
  const isOverruled = !run.outcome && next.outcome?.type === 'succeeded';
  must(
    isReopened || isOverruled || isForward(task.phase, moved.phase),
    'a task goes forward',
  );
}

function isForward(from: TaskPhase, to: TaskPhase): boolean {
  return from === to || rank(to) > rank(from);
}

function rank(phase: TaskPhase): number {
  return Math.min(TASK_PHASES.indexOf(phase), TASK_PHASES.indexOf('succeeded'));
}
