import type {
  Attempt,
  DriverState,
  RunSpec,
} from 'backstage-plugin-pipeline-demo-common';
import { driverJob, driverPod } from './outcome';
import { attemptOf } from './podFacts';
import type { RunObjects } from './RunObjects';

/**
 * The driver as if it were a task's attempt: its Job, and its pod once there
 * is one.
 */
export function driverAttempt(
  objects: RunObjects,
  run: RunSpec,
): Attempt | undefined {
  const job = driverJob(objects, run);
  const pod = driverPod(objects);
  const uid = job?.metadata?.uid ?? pod?.metadata?.uid;
  if (uid === undefined) {
    return undefined;
  }
  const events = objects.eventsOf(job, pod);
  return attemptOf({ uid, job, pod, events, isGone: false });
}

/** The driver on its way to the first task; undefined before and after. */
export function driverState(
  objects: RunObjects,
  run: RunSpec,
): DriverState | undefined {
  const attempt = driverAttempt(objects, run);
  if (!attempt) {
    return undefined;
  }
  const { phase, createdAt, startingAt, runningAt, node, reason } = attempt;
  switch (phase) {
    case 'waiting':
      return { phase, since: createdAt, reason };
    case 'starting':
      return { phase, since: startingAt ?? createdAt, node, reason };
    case 'running':
      return { phase, since: runningAt ?? createdAt, node, reason };
    case 'succeeded':
    case 'failed':
    case 'cancelled':
      return undefined;
    default:
      throw unknownPhase(phase);
  }
}

function unknownPhase(phase: never): Error {
  return new Error(`Unknown phase: ${phase}`);
}
