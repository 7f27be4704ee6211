import type { Capacity, Resources } from './resources';
import type { EngineName } from './run';
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
