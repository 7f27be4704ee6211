import { median, taskSeconds } from './durations';
import type { Durations, Forecast } from './forecast';
import { newestAttempt } from './moveTask';
import { plan } from './plan';
import type { Run } from './run';
import { schedule, steps } from './schedule';
import type { ScheduledTask } from './schedule';
import { isEndedTask, PROCESS_NAMES } from './task';
import type { Task } from './task';

const MS_PER_SECOND = 1000;
/** Too early to say anything. */
const SILENT_SECONDS = 10;
/** What is later than foreseen is taken to end in a moment. */
const OVERDUE_REST_SECONDS = 1;

/**
 * Seconds until the run's last task ends: the rest of the plan, scheduled
 * again from what has happened. What tasks of a process took in this run
 * counts more than the forecast; always more than 0.
 *
 * @returns undefined in the first 10 s, while no task has begun, and once the
 *   run's outcome is known or it is cancelled
 * @public
 */
export function timeLeft(
  run: Run,
  forecast: Forecast,
  now: number,
): number | undefined {
  const elapsed = (now - run.createdAt) / MS_PER_SECOND;
  if (run.phase !== 'running' || elapsed < SILENT_SECONDS) {
    return undefined;
  }
  const seconds = secondsNow(run.tasks, forecast.durations.seconds);
  const { stepSeconds } = forecast.durations;
  const tasks = steps(plan(run.batchCount), seconds).map((step, index) =>
    placed(step, run.tasks[index], { now, stepSeconds }),
  );
  const spans = schedule(tasks, {
    slots: Math.max(1, forecast.parallelSlots),
    stepSeconds,
    from: 0,
  });
  return Math.max(OVERDUE_REST_SECONDS, ...spans.map(({ to }) => to));
}

/** Per process the median of this run, else the forecast's. */
function secondsNow(
  tasks: readonly Task[],
  expected: Durations['seconds'],
): Durations['seconds'] {
  const [GENERATE, ANALYZE, REPORT] = PROCESS_NAMES.map(
    process =>
      median(
        tasks.filter(task => task.process === process).flatMap(taskSeconds),
      ) ?? expected[process],
  );
  return { GENERATE, ANALYZE, REPORT };
}

/** The task on an axis on which now is 0. */
function placed(
  step: ScheduledTask,
  task: Task,
  { now, stepSeconds }: { now: number; stepSeconds: number },
): ScheduledTask {
  if (isEndedTask(task.phase)) {
    return { ...step, span: { from: 0, to: 0 } };
  }
  const attempt = newestAttempt(task);
  const since = (time: number | undefined) =>
    Math.max(0, now - (time ?? now)) / MS_PER_SECOND;
  if (task.phase === 'running') {
    const rest = step.seconds - since(attempt?.runningAt);
    return { ...step, span: { from: 0, to: atLeast(rest) } };
  }
  if (task.phase === 'starting') {
    const from = Math.max(0, stepSeconds - since(attempt?.startingAt));
    return { ...step, span: { from, to: from + step.seconds } };
  }
  return step;
}

function atLeast(rest: number): number {
  return Math.max(OVERDUE_REST_SECONDS, rest);
}
