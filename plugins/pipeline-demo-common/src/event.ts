import type { DriverState } from './driver';
import type { Report } from './report';
import type { LogGap, Outcome } from './run';
import type { Attempt, TaskId } from './task';

/**
 * What the reducer folds, without number: the keeper numbers an event when the
 * reducer accepts it. `at` is epoch milliseconds of the source's clock.
 *
 * @public
 */
export type RunEventBody =
  /** The engine has the run: the Job, or the supervisor, exists. */
  | { readonly type: 'Launched'; readonly at: number }
  /** An attempt as it is now; what is missing is not known. */
  | {
      readonly type: 'TaskMoved';
      readonly at: number;
      readonly task: TaskId;
      readonly attempt: Attempt;
    }
  /** The driver as it is now, on its way to the first task. */
  | {
      readonly type: 'DriverMoved';
      readonly at: number;
      readonly driver: DriverState;
    }
  | { readonly type: 'CancelAsked'; readonly at: number; readonly by: string }
  /** The driver has ended; no task fact comes after it. */
  | {
      readonly type: 'DriverExited';
      readonly at: number;
      readonly outcome: Outcome;
    }
  | { readonly type: 'Deadline'; readonly at: number; readonly message: string }
  /** The driver's Job is gone, known after a complete list without it. */
  | {
      readonly type: 'JobMissing';
      readonly at: number;
      readonly message: string;
    }
  /** The engine will never take this run: quota, rights, configuration. */
  | {
      readonly type: 'LaunchRefused';
      readonly at: number;
      readonly message: string;
      /** The engine's word for the cause, where it has one: see `Outcome`. */
      readonly code?: string;
    }
  /** What still has to go before the slot is free. */
  | {
      readonly type: 'ObjectsLeft';
      readonly at: number;
      readonly objects: readonly string[];
    }
  /** Two complete lists were empty. */
  | { readonly type: 'NothingLeft'; readonly at: number }
  /** Objects that could not be removed in time are named, and the slot is free. */
  | {
      readonly type: 'RemovalGivenUp';
      readonly at: number;
      readonly objects: readonly string[];
    }
  | {
      readonly type: 'ReportRead';
      readonly at: number;
      readonly report: Report;
    }
  | {
      readonly type: 'ReportUnreadable';
      readonly at: number;
      readonly message: string;
    }
  | ({ readonly type: 'Gap'; readonly at: number } & LogGap)
  | {
      readonly type: 'LogsComplete';
      readonly at: number;
      readonly lastLine: number;
    }
  /** Another owner drives the run now. */
  | {
      readonly type: 'TakenOver';
      readonly at: number;
      readonly epoch: number;
    };

/** A fact or command that the reducer accepted: numbered 1, 2, 3, ... and stored. @public */
export type RunEvent = RunEventBody & { readonly event: number };

/** @public */
export type RunEventType = RunEventBody['type'];
