import {
  isEnded,
  type Forecast,
  type ProcessName,
  type Resources,
  type Run,
} from 'backstage-plugin-pipeline-demo-common';

/** The most tasks that were at work at once, and of which process. */
export interface Peak {
  readonly tasks: number;
  readonly process: ProcessName;
}

const NOTHING: Resources = { cpu: 0, memory: 0 };

/** How many tasks were at work at a time, in epoch milliseconds. */
function tasksAt(run: Run, at: number): number {
  return run.tasks.filter(task =>
    task.attempts.some(({ startingAt, runningAt, endedAt = Infinity }) => {
      const from = startingAt ?? runningAt ?? Infinity;
      return from <= at && at < endedAt;
    }),
  ).length;
}

/** What a run holds. */
export interface Usage {
  readonly tone: 'live' | 'past';
  /** How many tasks are at work, or were at the peak. */
  readonly tasks: number;
  /** Whether it holds, or held, anything: the driver at least. */
  readonly holds: boolean;
  readonly peak?: Peak;
}

/** Tasks that wait for a slot, and will get one. */
export function tasksWaiting(run: Run): number {
  if (run.finishedAt !== undefined) {
    return 0;
  }
  return run.tasks.filter(task => task.phase === 'waiting').length;
}

/** The peak so far, from the times of the attempts. */
function peakOf(run: Run, now: number): Peak | undefined {
  const stretches = run.tasks.flatMap(task =>
    task.attempts.flatMap(({ startingAt, runningAt, endedAt }) => {
      const from = startingAt ?? runningAt;
      return from === undefined
        ? []
        : [{ process: task.process, from, to: endedAt ?? now }];
    }),
  );
  const peaks = stretches.map(({ from, process }) => ({
    process,
    tasks: stretches.filter(other => other.from <= from && from < other.to)
      .length,
  }));
  return peaks.length === 0
    ? undefined
    : peaks.reduce((most, peak) => (peak.tasks > most.tasks ? peak : most));
}

/** The most tasks at once that are to be expected. */
export function expectedPeak(forecast: Forecast): Peak {
  const { process } = forecast.processes.reduce((most, one) =>
    one.parallel > most.parallel ? one : most,
  );
  return { tasks: Math.max(1, forecast.parallelSlots), process };
}

/** What so many tasks and the driver hold. */
export function resourcesOf(forecast: Forecast, tasks: number): Resources {
  const { driver, worker } = forecast;
  return {
    cpu: driver.cpu + tasks * worker.cpu,
    memory: driver.memory + tasks * worker.memory,
  };
}

/**
 * What a run holds now; of one that is over, what it held at its peak.
 *
 * @param now - epoch milliseconds of the run's clock
 */
export function usageOf(run: Run, now: number): Usage {
  const peak = peakOf(run, now);
  if (isEnded(run.phase) || run.outcome !== undefined) {
    const tasks = peak?.tasks ?? 0;
    return { tone: 'past', tasks, holds: tasks > 0, peak };
  }
  const tasks = run.tasks.filter(
    task => task.phase === 'running' || task.phase === 'starting',
  ).length;
  return { tone: 'live', tasks, holds: run.launchedAt !== undefined, peak };
}

/**
 * What others hold, as far as it is known: now, or, of a run that is over,
 * when it was asked for. What is in use now may be its own, still going.
 */
export function heldByOthers(
  run: Run,
  forecast: Forecast,
  usage: Usage,
): Resources {
  switch (usage.tone) {
    case 'past':
      return run.predicted?.capacity.used ?? NOTHING;
    case 'live': {
      // What was in use includes what this run used when that was seen.
      const { at, used = NOTHING } = forecast.capacity;
      const { launchedAt = Infinity } = run;
      const own =
        launchedAt <= at ? resourcesOf(forecast, tasksAt(run, at)) : NOTHING;
      return {
        cpu: Math.max(0, used.cpu - own.cpu),
        memory: Math.max(0, used.memory - own.memory),
      };
    }
    default: {
      const impossible: never = usage.tone;
      throw new Error(`No such tone: ${impossible}`);
    }
  }
}
