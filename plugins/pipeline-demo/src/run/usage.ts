import {
  isEndedTask,
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

/** Tasks that hold a slot now. */
export function tasksAtWork(run: Run): number {
  return run.tasks.filter(
    task => task.phase === 'running' || task.phase === 'starting',
  ).length;
}

/** Tasks that wait for a slot, and will get one. */
export function tasksWaiting(run: Run): number {
  if (run.finishedAt !== undefined) {
    return 0;
  }
  return run.tasks.filter(task => task.phase === 'waiting').length;
}

/**
 * The peak so far, from the times of the attempts.
 *
 * @param now - epoch milliseconds of the run's clock
 */
export function peakOf(run: Run, now: number): Peak | undefined {
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

/** What so many tasks and the driver hold. */
export function resourcesOf(forecast: Forecast, tasks: number): Resources {
  const { driver, worker } = forecast;
  return {
    cpu: driver.cpu + tasks * worker.cpu,
    memory: driver.memory + tasks * worker.memory,
  };
}

/** Whether the run holds anything at all. */
export function holdsResources(run: Run): boolean {
  return (
    run.launchedAt !== undefined &&
    run.endedAt === undefined &&
    (run.outcome === undefined ||
      run.tasks.some(task => !isEndedTask(task.phase)))
  );
}
