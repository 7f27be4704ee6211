import {
  isEnded,
  timeLeft,
  type Forecast,
  type Run,
  type Task,
} from 'backstage-plugin-pipeline-demo-common';
import { isStuck } from './stuck';
import { runSeconds } from './taskLook';

/** How a run keeps to its forecast. */
export type Health =
  | { readonly type: 'unknown' }
  /** Tasks cannot begin, or, without any, the driver: nobody knows how long still. */
  | { readonly type: 'stuck'; readonly tasks: readonly Task[] }
  /** `left`: seconds until its end. */
  | { readonly type: 'onTrack'; readonly left: number }
  | { readonly type: 'slower'; readonly left: number; readonly by: number }
  | { readonly type: 'faster'; readonly left: number; readonly by: number }
  /** It is over; `by` is how many seconds longer it took than forecast. */
  | { readonly type: 'over'; readonly by: number };

/** Nearer than this to the forecast is on track. */
const TOLERANCE_SECONDS = 5;
const TOLERANCE_SHARE = 0.1;

/**
 * Compares a run with its forecast.
 *
 * @param now - epoch milliseconds of the run's clock
 */
export function healthOf(
  run: Run,
  forecast: Forecast | undefined,
  now: number,
): Health {
  const stuck = run.tasks.filter(task => isStuck(run, task));
  const isDriverStuck =
    run.phase === 'starting' && run.driver?.reason !== undefined;
  if (stuck.length > 0 || isDriverStuck) {
    return { type: 'stuck', tasks: stuck };
  }
  if (!forecast) {
    return { type: 'unknown' };
  }
  if (run.finishedAt !== undefined || isEnded(run.phase)) {
    const ranToItsEnd = run.outcome?.type === 'succeeded';
    return ranToItsEnd
      ? { type: 'over', by: runSeconds(run, now) - forecast.durationSeconds }
      : { type: 'unknown' };
  }
  const left = timeLeft(run, forecast, now);
  if (left === undefined) {
    return { type: 'unknown' };
  }
  const by = runSeconds(run, now) + left - forecast.durationSeconds;
  const tolerance = Math.max(
    TOLERANCE_SECONDS,
    forecast.durationSeconds * TOLERANCE_SHARE,
  );
  if (Math.abs(by) <= tolerance) {
    return { type: 'onTrack', left };
  }
  return by > 0
    ? { type: 'slower', left, by }
    : { type: 'faster', left, by: -by };
}
