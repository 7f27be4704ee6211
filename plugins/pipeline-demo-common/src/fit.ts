import type { ForecastInput, Verdict } from './forecast';
import type { Capacity, Resources } from './resources';

/** How much of a run finds room at once. */
export interface Fit {
  readonly verdict: Verdict;
  /** Workers at once, at most one per batch; 0 when not even one fits. */
  readonly parallelSlots: number;
  /** What decides: it sets the number of workers, or would be the first to. */
  readonly bound: keyof Resources | 'slots' | 'nothing';
  /** Why, in one sentence. */
  readonly reason: string;
}

interface Bound {
  readonly by: Fit['bound'];
  /** Workers at once that it allows. */
  readonly workers: number;
}

const BYTES_PER_GIB = 2 ** 30;
/** 0.1 + 0.2 cores are 0.3 cores. */
const ROUNDING = 1e-9;

/**
 * Whether a run has room, and for how many workers at once. What others use
 * now counts as taken: they may end, but nobody knows when. So a run cannot
 * fit when the driver and one worker do not fit into what is free at this
 * moment, and fits with waiting when fewer workers than batches do.
 *
 * A quota is one number; how free capacity is spread over nodes is not looked
 * at. But what asks for more than any node has, or than a pod may have, never
 * starts, however long it waits.
 */
export function fit(input: ForecastInput): Fit {
  const never = neverFits(input);
  if (never) {
    return never;
  }
  const bounds = boundsOf(input);
  const tightest = bounds.reduce((a, b) => (b.workers < a.workers ? b : a));
  const parallelSlots = Math.min(input.batchCount, tightest.workers);
  const bound = tightest.by;
  if (parallelSlots === 0) {
    const reason = cannotFitReason(input, bound);
    return { verdict: 'cannot-fit', parallelSlots, bound, reason };
  }
  return parallelSlots < input.batchCount
    ? {
        verdict: 'fits-with-waiting',
        parallelSlots,
        bound,
        reason: waitingReason(input, bound, parallelSlots),
      }
    : { verdict: 'fits', parallelSlots, bound, reason: fitsReason(input) };
}

/** `2`, `0.5` or `3.25` cores; `3.7` GiB. */
export function formatAmount(quantity: number, of: keyof Resources): string {
  const decimals = of === 'cpu' ? 100 : 10;
  const value = of === 'cpu' ? quantity : quantity / BYTES_PER_GIB;
  return String(Math.round(value * decimals) / decimals);
}

/** The unit that follows `formatAmount`. */
export const UNITS: Readonly<Record<keyof Resources, string>> = {
  cpu: 'CPU',
  memory: 'GiB memory',
};

/** undefined where nothing limits. */
export function limitOf(
  capacity: Capacity,
  of: keyof Resources,
): number | undefined {
  const limit = capacity.limit?.[of];
  // No limit is Infinity here and null after a trip through JSON.
  return Number.isFinite(limit) ? limit : undefined;
}

/** What asks for more than one place can give. */
function neverFits({ capacity, footprint }: ForecastInput): Fit | undefined {
  const kinds = {
    'The driver': footprint.driver,
    'A worker': footprint.worker,
  };
  const walls = {
    'a pod may have at most': capacity.largestPod,
    'no node has more than': capacity.largestNode,
  };
  for (const [kind, needed] of Object.entries(kinds)) {
    for (const [words, most = {}] of Object.entries(walls)) {
      for (const bound of ['cpu', 'memory'] as const) {
        const wall = most[bound] ?? Infinity;
        if (needed[bound] > wall + ROUNDING) {
          const needs = `${kind} needs ${amount(needed[bound], bound)}`;
          const reason = `${needs}; ${words} ${amount(wall, bound)}.`;
          return { verdict: 'cannot-fit', parallelSlots: 0, bound, reason };
        }
      }
    }
  }
  return undefined;
}

function boundsOf({ capacity, footprint }: ForecastInput): Bound[] {
  if (capacity.basis === 'slots') {
    return [{ by: 'slots', workers: Math.floor(capacity.slots ?? Infinity) }];
  }
  const bounds: Bound[] = [];
  for (const by of ['cpu', 'memory'] as const) {
    const limit = limitOf(capacity, by);
    if (limit !== undefined) {
      const room = limit - (capacity.used?.[by] ?? 0) - footprint.driver[by];
      bounds.push({ by, workers: howMany(room, footprint.worker[by]) });
    }
  }
  return bounds.length === 0 ? [{ by: 'nothing', workers: Infinity }] : bounds;
}

function howMany(room: number, each: number): number {
  if (room < -ROUNDING * Math.max(1, each)) {
    return 0;
  }
  return each > 0 ? Math.max(0, Math.floor(room / each + ROUNDING)) : Infinity;
}

function fitsReason({ batchCount }: ForecastInput): string {
  return batchCount === 1
    ? 'There is room for the batch.'
    : `There is room for all ${batchCount} batches at once.`;
}

function waitingReason(
  { batchCount, capacity, footprint }: ForecastInput,
  bound: Fit['bound'],
  parallelSlots: number,
): string {
  const start = `${parallelSlots} of ${batchCount} batches at once, the others wait: `;
  if (bound !== 'cpu' && bound !== 'memory') {
    return `${start}there ${
      parallelSlots === 1 ? 'is 1 slot' : `are ${parallelSlots} slots`
    }.`;
  }
  const needed = footprint.driver[bound] + batchCount * footprint.worker[bound];
  return `${start}all at once need ${amount(needed, bound)}; ${freeText(
    capacity,
    bound,
  )}.`;
}

function cannotFitReason(
  { capacity, footprint }: ForecastInput,
  bound: Fit['bound'],
): string {
  if (bound !== 'cpu' && bound !== 'memory') {
    return 'There is no slot to run a task in.';
  }
  const needed = footprint.driver[bound] + footprint.worker[bound];
  const limit = limitOf(capacity, bound) ?? Infinity;
  return `The driver and one worker need ${amount(needed, bound)}; ${
    needed > limit
      ? `the limit is ${amount(limit, bound)}`
      : freeText(capacity, bound)
  }.`;
}

/** "free: 9 of 14 CPU" */
function freeText(capacity: Capacity, of: keyof Resources): string {
  const limit = limitOf(capacity, of) ?? Infinity;
  const free = Math.max(0, limit - (capacity.used?.[of] ?? 0));
  return `free: ${formatAmount(free, of)} of ${amount(limit, of)}`;
}

function amount(value: number, of: keyof Resources): string {
  return `${formatAmount(value, of)} ${UNITS[of]}`;
}
