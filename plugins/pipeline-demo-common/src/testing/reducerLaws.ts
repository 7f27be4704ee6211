import { newestAttempt } from '../moveTask';
import { newRun } from '../plan';
import { countTasks, progress } from '../progress';
import { isEnded } from '../run';
import type { Run, RunPhase } from '../run';
import { sameValue } from '../sameValue';
import { isEndedTask, TASK_PHASES } from '../task';
import type { Task, TaskPhase } from '../task';

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

function rank(phase: TaskPhase): number {
  return Math.min(TASK_PHASES.indexOf(phase), TASK_PHASES.indexOf('succeeded'));
}

function isForward(from: TaskPhase, to: TaskPhase): boolean {
  return from === to || rank(to) > rank(from);
}

/** What must hold for every run, however it came about. */
export function checkRun(run: Run): void {
  const size = 2 * run.batchCount + 1;
  const { total, ...counts } = countTasks(run);
  const { finished, percent } = progress(run);
  expect(run.tasks.map(({ id }) => id)).toEqual(
    newRun(run).tasks.map(({ id }) => id),
  );
  expect([total, run.tasks.length]).toEqual([size, size]);
  expect(Object.values(counts).reduce((a, b) => a + b)).toBe(size);
  expect(finished).toBeLessThanOrEqual(size);
  expect(percent === 100).toBe(!!run.report || !!run.reportProblem);
  const isOver = isEnded(run.phase);
  const hasFinished = ['finishing', 'cancelling'].includes(run.phase) || isOver;
  const hasOutcome = ['finishing', 'succeeded', 'failed'].includes(run.phase);
  expect(run.finishedAt !== undefined).toBe(hasFinished);
  expect(run.endedAt !== undefined).toBe(isOver);
  expect(run.outcome !== undefined).toBe(hasOutcome);
  for (const task of run.tasks) {
    checkTask(run, task);
  }
}

function checkTask(run: Run, task: Task): void {
  const { attempts } = task;
  const order = attempts.map(({ createdAt, uid }) => `${createdAt} ${uid}`);
  expect(order).toEqual([...new Set(order)].sort());
  if (run.outcome?.type === 'succeeded') {
    expect(task.phase).toBe('succeeded');
  } else if (run.finishedAt === undefined) {
    expect(task.phase).toBe(newestAttempt(task)?.phase ?? 'planned');
  }
  if (run.outcome || isEnded(run.phase)) {
    const phases = [task, ...attempts].map(({ phase }) => phase);
    expect(phases.filter(phase => !isEndedTask(phase))).toEqual(
      attempts.length === 0 && task.phase === 'planned' ? ['planned'] : [],
    );
  }
}

/** What must hold between a run and another one that came of it. */
export function checkStep(run: Run, next: Run): void {
  expect(next.event).toBe(run.event + 1);
  expect(sameValue({ ...next, event: run.event }, run)).toBe(false);
  expect(isEnded(run.phase)).toBe(false);
  expect([run.phase, ...LEGAL[run.phase]]).toContain(next.phase);
  for (const once of ['launchedAt', 'finishedAt', 'outcome'] as const) {
    expect(next[once]).toEqual(run[once] ?? next[once]);
  }
  run.tasks.forEach((task, index) => checkTaskStep(run, next, task, index));
}

function checkTaskStep(run: Run, next: Run, task: Task, index: number): void {
  const moved = next.tasks[index];
  for (const known of task.attempts) {
    const again = moved.attempts.find(({ uid }) => uid === known.uid);
    const { phase, reason, ...setOnce } = known;
    expect(again).toMatchObject(setOnce);
    expect(isForward(known.phase, again!.phase)).toBe(true);
  }
  // While a run is cancelled a newer attempt still moves a task that is open.
  const isReopened =
    newestAttempt(moved)?.uid !== newestAttempt(task)?.uid &&
    (next.finishedAt === undefined || !isEndedTask(task.phase));
  const isOverruled = !run.outcome && next.outcome?.type === 'succeeded';
  if (!isReopened && !isOverruled) {
    const way = isForward(task.phase, moved.phase) ? 'forward' : 'back';
    expect(`${way}: ${task.phase} -> ${moved.phase}`).toMatch(/^forward/);
  }
}
