import { fit, formatAmount, limitOf, UNITS } from './fit';
import type { Fit } from './fit';
import { formatDuration } from './formatDuration';
import { plan } from './plan';
import { tidy } from './resources';
import type { Capacity, Resources } from './resources';
import { BATCH_COUNT } from './run';
import type { EngineName } from './run';
import { schedule, steps } from './schedule';
import { PROCESS_NAMES } from './task';
import type { ProcessName, TaskId } from './task';

/** Median seconds of past runs of one engine, or the nominal ones. @public */
export interface Durations {
  readonly basis:
    | { readonly type: 'nominal' }
    | { readonly type: 'history'; readonly runs: number };
  /** Seconds one task of the process runs. */
  readonly seconds: Readonly<Record<ProcessName, number>>;
  /** Seconds from the click to the first running task. */
  readonly startSeconds: number;
  /** Seconds a task needs between the moment it may start and running. */
  readonly stepSeconds: number;
}

/** What the pipeline asks for: settings of the engine. @public */
export interface Footprint {
  readonly worker: Resources;
  readonly driver: Resources;
}

/** @public */
export interface ProcessForecast {
  readonly process: ProcessName;
  readonly tasks: number;
  /** How many of them at once. */
  readonly parallel: number;
  /** Seconds one task takes. */
  readonly seconds: number;
  /** Of the workers alone. */
  readonly peak: Resources;
  readonly peakWithDriver: Resources;
}

/** A bar of the predicted timeline: seconds since the start of the run. @public */
export interface PlannedSpan {
  readonly task: TaskId;
  readonly from: number;
  readonly to: number;
}

/** @public */
export type Verdict = 'fits' | 'fits-with-waiting' | 'cannot-fit';

/** What a run will need, before it starts. @public */
export interface Forecast {
  readonly engine: EngineName;
  readonly batchCount: number;
  readonly taskCount: number;
  readonly processes: readonly ProcessForecast[];
  readonly driver: Resources;
  readonly worker: Resources;
  /** The highest peak with the driver. */
  readonly peak: Resources;
  readonly parallelSlots: number;
  readonly durationSeconds: number;
  readonly durations: Durations;
  readonly spans: readonly PlannedSpan[];
  readonly capacity: Capacity;
  readonly verdict: Verdict;
  /** Why: one sentence. */
  readonly reason: string;
  /** "12 batches: 24 workers and REPORT, 12 at once, peak 14 of 14 CPU, about 0:35" */
  readonly sentence: string;
}

/** What `forecast` is made from. @public */
export interface ForecastInput {
  readonly engine: EngineName;
  readonly batchCount: number;
  readonly footprint: Footprint;
  readonly capacity: Capacity;
  readonly durations: Durations;
}

/** What the pipeline asks for unless the settings say otherwise. @public */
export const DEFAULT_FOOTPRINT: Footprint = {
  worker: { cpu: 1, memory: 4e9 },
  driver: { cpu: 2, memory: 4 * 2 ** 30 },
};

/**
 * The quota of the demo's namespace as it is delivered, with nothing used: for
 * the page of another engine, which shows what Kubernetes would need.
 *
 * @public
 */
export const KUBERNETES_CAPACITY: Capacity = {
  basis: 'quota',
  at: 0,
  limit: { cpu: 14, memory: 50 * 2 ** 30 },
  used: { cpu: 0, memory: 0 },
};

/** Durations in sentences are "about": nobody believes the single second. */
const ABOUT_SECONDS = 5;

/**
 * What a run will need, before it starts: the plan, placed on the slots that
 * there are. Of a run that cannot fit, peak, spans and duration are the least
 * it would take: one worker at a time.
 *
 * @throws RangeError when the batch count is not a whole number from 1 to 12
 * @public
 */
export function forecast(input: ForecastInput): Forecast {
  const { engine, batchCount, footprint, capacity, durations } = input;
  const planned = plan(batchCount);
  const found = fit(input);
  const slots = Math.max(1, found.parallelSlots);
  const spans = schedule(steps(planned, durations.seconds), {
    slots,
    stepSeconds: durations.stepSeconds,
    from: durations.startSeconds - durations.stepSeconds,
  });
  const durationSeconds = Math.max(...spans.map(({ to }) => to));
  const peak = add(footprint.driver, times(footprint.worker, slots));
  return {
    engine,
    batchCount,
    taskCount: planned.tasks.length,
    processes: PROCESS_NAMES.map(process =>
      processForecast(process, input, slots),
    ),
    driver: footprint.driver,
    worker: footprint.worker,
    peak,
    parallelSlots: found.parallelSlots,
    durationSeconds,
    durations,
    spans,
    capacity,
    verdict: found.verdict,
    reason: found.reason,
    sentence: sentence(input, found, peak, durationSeconds),
  };
}

/** The forecast duration in seconds for N = 1 .. 12, in that order. @public */
export function durationsByBatchCount(
  input: Omit<ForecastInput, 'batchCount'>,
): number[] {
  return Array.from(
    { length: BATCH_COUNT.max },
    (_, index) =>
      forecast({ ...input, batchCount: index + BATCH_COUNT.min })
        .durationSeconds,
  );
}

function processForecast(
  process: ProcessName,
  { batchCount, footprint, durations }: ForecastInput,
  slots: number,
): ProcessForecast {
  const tasks = process === 'REPORT' ? 1 : batchCount;
  const parallel = Math.min(tasks, slots);
  const peak = times(footprint.worker, parallel);
  return {
    process,
    tasks,
    parallel,
    seconds: durations.seconds[process],
    peak,
    peakWithDriver: add(footprint.driver, peak),
  };
}

function sentence(
  { batchCount, capacity }: ForecastInput,
  { verdict, bound, parallelSlots, reason }: Fit,
  peak: Resources,
  durationSeconds: number,
): string {
  const head = `${plural(batchCount, 'batch', 'batches')}: ${
    2 * batchCount
  } workers and REPORT`;
  if (verdict === 'cannot-fit') {
    return `${head}, but ${lowerFirst(reason).replace(/\.$/, '')}`;
  }
  const rounded = Math.round(durationSeconds / ABOUT_SECONDS) * ABOUT_SECONDS;
  const about = `about ${formatDuration(Math.max(ABOUT_SECONDS, rounded))}`;
  const room =
    bound === 'slots'
      ? ` on ${plural(capacity.slots ?? 0, 'local slot', 'local slots')}`
      : `, peak ${peakText(capacity, bound, peak)}`;
  return `${head}, ${parallelSlots} at once${room}, ${about}`;
}

/** "14 of 14 CPU", "9 of 14 CPU (5 in use)", "7 CPU" where nothing limits. */
function peakText(
  capacity: Capacity,
  bound: Fit['bound'],
  peak: Resources,
): string {
  const of = bound === 'memory' ? 'memory' : 'cpu';
  const limit = limitOf(capacity, of);
  const used = formatAmount(capacity.used?.[of] ?? 0, of);
  const ofLimit = limit === undefined ? '' : ` of ${formatAmount(limit, of)}`;
  const inUse = limit === undefined || used === '0' ? '' : ` (${used} in use)`;
  return `${formatAmount(peak[of], of)}${ofLimit} ${UNITS[of]}${inUse}`;
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function add(a: Resources, b: Resources): Resources {
  return tidy({ cpu: a.cpu + b.cpu, memory: a.memory + b.memory });
}

function times(each: Resources, count: number): Resources {
  return tidy({ cpu: each.cpu * count, memory: each.memory * count });
}
