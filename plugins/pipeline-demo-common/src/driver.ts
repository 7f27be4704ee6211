import { defined } from './defined';
import { sameValue } from './sameValue';
import type { WaitReason } from './task';

/** Without a place, in its place, at work. @public */
export type DriverPhase = 'waiting' | 'starting' | 'running';

/** From the least to the most advanced. @public */
export const DRIVER_PHASES: readonly DriverPhase[] = [
  'waiting',
  'starting',
  'running',
];

/**
 * How far the driver has come on its way to the first task, and why no
 * further. How it ends is the run's outcome.
 *
 * @public
 */
export interface DriverState {
  readonly phase: DriverPhase;
  /** Since when it is in this phase: epoch milliseconds of the source's clock. */
  readonly since: number;
  /** Where it runs: the node's name. */
  readonly node?: string;
  /** The pod's name. */
  readonly place?: string;
  /** Why it does not move. Goes with what it is about. */
  readonly reason?: WaitReason;
}

/**
 * The driver after a fact about it. It only moves forward: there is one of
 * it, and what is said late of an earlier phase changes nothing. Within a
 * phase the reason is the one that was told last, and the time stands.
 *
 * @returns the same object when the fact says nothing new
 */
export function moveDriver(
  known: DriverState | undefined,
  seen: DriverState,
): DriverState {
  const step = known ? rank(seen) - rank(known) : 1;
  if (known && step < 0) {
    return known;
  }
  const { phase, since, node, place, reason } = seen;
  const moved = defined({
    phase,
    since: known && step === 0 ? known.since : since,
    node: known?.node ?? node,
    place: known?.place ?? place,
    reason,
  });
  return known && sameValue(moved, known) ? known : moved;
}

/** Whether a fact can be used: a wrong one must not get into a stored run. */
export function isDriverState(state: DriverState): boolean {
  return DRIVER_PHASES.includes(state?.phase) && Number.isFinite(state.since);
}

function rank({ phase }: DriverState): number {
  return DRIVER_PHASES.indexOf(phase);
}
