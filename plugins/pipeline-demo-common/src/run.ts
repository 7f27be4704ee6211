import type { DriverState } from './driver';
import type { Forecast } from './forecast';
import type { Report } from './report';
import type { Task } from './task';

/** Where runs execute. @public */
export type EngineName = 'local' | 'kubernetes';

/** @public */
export type RunPhase =
  | 'queued'
  | 'starting'
  | 'running'
  | 'finishing'
  | 'cancelling'
  | 'succeeded'
  | 'failed'
  | 'cancelled';

/** @public */
export const RUN_PHASES: readonly RunPhase[] = [
  'queued',
  'starting',
  'running',
  'finishing',
  'cancelling',
  'succeeded',
  'failed',
  'cancelled',
];

/**
 * Why a run failed. Stable words: the page and API users may switch on them.
 *
 * @public
 */
export type FailureReason =
  /** A task failed, so the driver gave up. */
  | 'task-failed'
  /** The driver itself failed. */
  | 'driver-failed'
  /** The driver vanished without an exit. */
  | 'lost'
  /** The run took longer than it may. */
  | 'deadline'
  /** Somebody else deleted the driver's Job. */
  | 'job-deleted'
  /** The engine refused the run for good. */
  | 'launch-refused'
  /** Something waited to start for longer than anything may. */
  | 'never-started'
  /** What could not be removed within the time for that. */
  | 'leftovers';

/** What the driver's end means. @public */
export type Outcome =
  | { readonly type: 'succeeded' }
  | {
      readonly type: 'failed';
      readonly reason: FailureReason;
      /** One sentence for people. */
      readonly message: string;
      /** The engine's word for the cause, where it has one: see `WaitReason`. */
      readonly code?: string;
    };

/** What is decided when a run is asked for, and never changes. @public */
export interface RunSpec {
  /** Lower-case letters and digits, starting with a letter: fit for Kubernetes names. */
  readonly id: string;
  /** 1..12. */
  readonly batchCount: number;
  readonly engine: EngineName;
  /** Entity ref of the one who asked: `user:default/guest`. */
  readonly createdBy: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Makes the data reproducible. */
  readonly seed: number;
  /** The catalog entity it was started from. */
  readonly entityRef?: string;
  /**
   * What was forecast when it was asked for: kept, since later forecasts have
   * learnt from this very run. Missing for runs of earlier versions.
   */
  readonly predicted?: Forecast;
}

/**
 * One execution of the demo pipeline: the fold of its events over its plan.
 *
 * @public
 */
export interface Run extends RunSpec {
  readonly phase: RunPhase;
  /** Number of the last event folded in; 0 for a new run. */
  readonly event: number;
  /** Known from finishing on; the first one stands. */
  readonly outcome?: Outcome;
  /** The 2N+1 tasks in plan order. */
  readonly tasks: readonly Task[];
  readonly launchedAt?: number;
  /** The driver, as far as the engine tells of it. */
  readonly driver?: DriverState;
  /** When the outcome was known or cancel was asked: the clock of the run stops. */
  readonly finishedAt?: number;
  /** When nothing was left. */
  readonly endedAt?: number;
  readonly cancelAskedBy?: string;
  /** What still has to go, while finishing or cancelling: "process GENERATE:3". */
  readonly objectsLeft?: readonly string[];
  readonly report?: Report;
  /** Why there is no report although the run succeeded. */
  readonly reportProblem?: string;
  /** Set when every source was read to its end, or left a gap. */
  readonly logsComplete?: { readonly lastLine: number };
  readonly gaps: readonly LogGap[];
  /** The last change of owner: another server took over. */
  readonly takenOver?: { readonly at: number; readonly epoch: number };
}

/** Output between two times that was lost before it could be numbered. @public */
export interface LogGap {
  readonly task: string;
  /** The gap is after this line of the run. */
  readonly afterLine: number;
  readonly from: number;
  readonly to: number;
  readonly reason: string;
}

/** The least and the most batches a run may have. @public */
export const BATCH_COUNT = { min: 1, max: 12, default: 5 } as const;

/** succeeded, failed or cancelled: nothing is left of it and its slot is free. @public */
export function isEnded(phase: RunPhase): boolean {
  return phase === 'succeeded' || phase === 'failed' || phase === 'cancelled';
}
