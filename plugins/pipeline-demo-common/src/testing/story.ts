import type { RunEventBody } from '../event';
import type { Forecast } from '../forecast';
import { newRun } from '../plan';
import { reduce } from '../reduce';
import type { Run, RunSpec } from '../run';
import type { Attempt, TaskId } from '../task';

/** 2024-01-01T00:00:00Z */
export const START = 1_704_067_200_000;

const MS_PER_SECOND = 1000;

/** Epoch milliseconds, this many seconds after the click. */
export function second(seconds: number): number {
  return START + seconds * MS_PER_SECOND;
}

export function specOf(batchCount: number): RunSpec {
  return {
    id: 'r1',
    batchCount,
    engine: 'local',
    createdBy: 'user:default/guest',
    createdAt: START,
    seed: 7,
  };
}

/** A new run after these events. */
export function runAfter(
  batchCount: number,
  ...events: readonly RunEventBody[]
): Run {
  return events.reduce(reduce, newRun(specOf(batchCount)));
}

export function launchedAt(seconds: number): RunEventBody {
  return { type: 'Launched', at: second(seconds) };
}

export function exitedAt(
  seconds: number,
  outcome: Extract<RunEventBody, { type: 'DriverExited' }>['outcome'],
): RunEventBody {
  return { type: 'DriverExited', at: second(seconds), outcome };
}

/** A fact about the only attempt of a task. */
export function moved(
  task: TaskId,
  phase: Attempt['phase'],
  more: Partial<Attempt> = {},
): RunEventBody {
  return {
    type: 'TaskMoved',
    at: START,
    task,
    attempt: { uid: `${task}/1`, createdAt: START, phase, ...more },
  };
}

/** The facts of a run that goes exactly as forecast, up to a moment. */
export function asForecast(forecast: Forecast, seconds: number): Run {
  const facts = forecast.spans.flatMap(({ task, from, to }) => {
    const runningAt = second(from);
    const endedAt = second(to);
    return [
      { at: from, event: moved(task, 'running', { runningAt }) },
      { at: to, event: moved(task, 'succeeded', { runningAt, endedAt }) },
    ];
  });
  return runAfter(
    forecast.batchCount,
    launchedAt(0),
    ...facts.filter(({ at }) => at <= seconds).map(({ event }) => event),
  );
}
