import type { Durations } from './forecast';
import { newestAttempt } from './moveTask';
import type { EngineName, Run } from './run';
import { PROCESS_NAMES } from './task';
import type { Attempt, ProcessName, Task } from './task';

const MS_PER_SECOND = 1000;

/**
 * What a run takes when no past run is known. The scripts are paced: GENERATE
 * 5 s, ANALYZE 3 s. On Kubernetes the driver's start, its rounds of asking
 * and each pod's start come on top.
 *
 * @public
 */
export const NOMINAL_DURATIONS: Readonly<Record<EngineName, Durations>> = {
  local: {
    basis: { type: 'nominal' },
    seconds: { GENERATE: 5, ANALYZE: 3, REPORT: 1 },
    startSeconds: 0.5,
    stepSeconds: 0.1,
  },
  kubernetes: {
    basis: { type: 'nominal' },
    seconds: { GENERATE: 5, ANALYZE: 3, REPORT: 1 },
    startSeconds: 14,
    stepSeconds: 6,
  },
};

/** Medians of past runs of one engine, in seconds. @public */
export interface MeasuredDurations {
  /** How many runs they come from. */
  readonly runs: number;
  readonly seconds: Readonly<Record<ProcessName, number>>;
  /** From the click to the first running task. */
  readonly startSeconds: number;
}

/**
 * What succeeded runs took: the medians over the attempts that succeeded.
 * Runs that did not succeed are left out.
 *
 * @returns undefined when a process was never seen from start to end
 * @public
 */
export function pastDurations(
  runs: readonly Run[],
): MeasuredDurations | undefined {
  const succeeded = runs.filter(run => run.phase === 'succeeded');
  const tasks = succeeded.flatMap(run => run.tasks);
  const [GENERATE, ANALYZE, REPORT] = PROCESS_NAMES.map(process =>
    median(tasks.filter(task => task.process === process).flatMap(taskSeconds)),
  );
  const startSeconds = median(succeeded.flatMap(secondsToFirstTask));
  return GENERATE === undefined ||
    ANALYZE === undefined ||
    REPORT === undefined ||
    startSeconds === undefined
    ? undefined
    : {
        runs: succeeded.length,
        seconds: { GENERATE, ANALYZE, REPORT },
        startSeconds,
      };
}

/** The durations for a forecast: measured ones if there are any, else the nominal ones. @public */
export function durationsFrom(
  past: MeasuredDurations | undefined,
  engine: EngineName,
): Durations {
  const nominal = NOMINAL_DURATIONS[engine];
  return past
    ? {
        basis: { type: 'history', runs: past.runs },
        seconds: past.seconds,
        startSeconds: past.startSeconds,
        stepSeconds: nominal.stepSeconds,
      }
    : nominal;
}

/** How long a succeeded task ran: one value, or none when it was not seen. */
export function taskSeconds(task: Task): number[] {
  const { runningAt, endedAt } = succeededAttempt(task) ?? {};
  return runningAt !== undefined &&
    endedAt !== undefined &&
    endedAt >= runningAt
    ? [(endedAt - runningAt) / MS_PER_SECOND]
    : [];
}

/** The middle value, or the mean of the two in the middle; undefined for none. */
export function median(values: readonly number[]): number | undefined {
  if (values.length === 0) {
    return undefined;
  }
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? sorted[half]
    : (sorted[half - 1] + sorted[half]) / 2;
}

function succeededAttempt(task: Task): Attempt | undefined {
  const newest = newestAttempt(task);
  return newest?.phase === 'succeeded' ? newest : undefined;
}

/** The engine's clock may be behind the portal's: never less than 0. */
function secondsToFirstTask(run: Run): number[] {
  const times = run.tasks.flatMap(task =>
    task.attempts.flatMap(({ runningAt }) =>
      runningAt === undefined ? [] : [runningAt],
    ),
  );
  return times.length === 0
    ? []
    : [Math.max(0, Math.min(...times) - run.createdAt) / MS_PER_SECOND];
}
