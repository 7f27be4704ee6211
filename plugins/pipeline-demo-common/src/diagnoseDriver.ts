import { BY_SITUATION } from './diagnoses';
import type { DiagnosisText } from './diagnoses';
import { age, GRACE_MS, say, situation, textOf } from './diagnosis';
import type { Diagnosis, Situation } from './diagnosis';
import type { DriverPhase } from './driver';
import { DRIVER_DIAGNOSES } from './driverDiagnoses';
import type { Run } from './run';

/** For what is said of a task, when it is about the driver. */
export const DRIVER_VALUES = { task: 'the driver', node: '', holders: '' };

const DRIVER_SITUATIONS: Readonly<Record<DriverPhase, Situation>> = {
  waiting: 'driverStarting',
  starting: 'driverPlaced',
  running: 'driverRunning',
};

/**
 * Why the first task has not come yet, told of the driver, which submits it.
 *
 * @returns undefined when there is nothing to explain: in the first seconds,
 *   and once a task has come
 * @public
 */
export function diagnoseDriver(run: Run, now: number): Diagnosis | undefined {
  const { phase, createdAt, launchedAt, driver } = run;
  const isBefore = phase === 'queued' || phase === 'starting';
  if (!isBefore || now - createdAt < GRACE_MS) {
    return undefined;
  }
  const node = driver?.node ? ` ${driver.node}` : '';
  if (driver?.reason) {
    const { code, message } = driver.reason;
    const text = textOfDriver(code) ?? BY_SITUATION.unknownCode;
    return say(code, text, { ...DRIVER_VALUES, code, node }, message);
  }
  if (phase === 'queued') {
    return situation('notLaunched', { since: age(createdAt, now) });
  }
  const since = age(driver?.since ?? launchedAt ?? createdAt, now);
  return situation(DRIVER_SITUATIONS[driver?.phase ?? 'waiting'], {
    since,
    node,
  });
}

/** What is said of a code when it is about the driver. */
export function textOfDriver(code: string): DiagnosisText | undefined {
  return Object.hasOwn(DRIVER_DIAGNOSES, code)
    ? DRIVER_DIAGNOSES[code]
    : textOf(code);
}
