import type { Check } from './check';
import type { DriverState } from './driver';
import type { Forecast } from './forecast';
import type { LogTask } from './log';
import type { EngineName, Outcome, RunPhase } from './run';
import type { Task } from './task';

/** Tasks by phase; the numbers add up to `total`, which is 2N+1. @public */
export interface TaskCounts {
  readonly total: number;
  readonly planned: number;
  readonly waiting: number;
  readonly starting: number;
  readonly running: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly cancelled: number;
}

/** A run as the HTTP API shows it: ISO 8601 times in UTC. @public */
export interface RunView {
  readonly id: string;
  readonly phase: RunPhase;
  /** Whether it still holds the slot. */
  readonly active: boolean;
  readonly batchCount: number;
  readonly engine: EngineName;
  /** Entity ref. */
  readonly createdBy: string;
  readonly createdAt: string;
  readonly entityRef?: string;
  /** What was forecast when it was asked for. */
  readonly predicted?: Forecast;
  readonly launchedAt?: string;
  /** Times in epoch milliseconds. */
  readonly driver?: DriverState;
  /** When its outcome was known, or cancel was asked. */
  readonly finishedAt?: string;
  readonly endedAt?: string;
  readonly cancelAskedBy?: string;
  /** Seconds from `createdAt` to `finishedAt`; missing while it runs. */
  readonly durationSeconds?: number;
  readonly outcome?: Outcome;
  /** 0..100; 100 only when the report was read. */
  readonly progress: number;
  readonly counts: TaskCounts;
  readonly tasks: readonly Task[];
  /** Lines stored so far. */
  readonly lineCount: number;
  readonly hasReport: boolean;
  /** Paths under the plugin's base URL. */
  readonly links: {
    readonly self: string;
    readonly report: string;
    readonly logs: string;
    readonly events: string;
    readonly stream: string;
  };
}

/** Answer of `POST /demo/run`. @public */
export interface StartedRunView {
  readonly run: RunView;
  /** An earlier run was active, and this is it. */
  readonly attached: boolean;
  /** For people; says that the asked batch count was not used. */
  readonly message?: string;
  /** WebSocket URL of the run's stream, as seen by the caller. */
  readonly streamUrl: string;
}

/** A line in `GET /demo/status`. @public */
export interface LogLineView {
  readonly line: number;
  readonly task: LogTask;
  readonly at: string;
  readonly text: string;
}

/** Answer of `GET /demo/status`. @public */
export interface StatusView {
  readonly active: boolean;
  /** The active run, else the last one, else null. */
  readonly run: RunView | null;
  readonly lastLines: readonly LogLineView[];
  readonly viewers: number;
  readonly engine: EngineName;
  /** Whether running tasks can be killed on purpose. */
  readonly breakIt: boolean;
  readonly freshness: {
    /** When the engine was last observed; null before the first time. */
    readonly engineSeenAt: string | null;
    readonly ageSeconds: number | null;
  };
}

/** Answer of `GET /demo/check`. @public */
export interface EngineCheckView {
  readonly engine: EngineName;
  readonly checkedAt: string;
  /** In the order in which what is wrong should be mended. */
  readonly checks: readonly Check[];
}

/** Answer of `GET /demo/active`. @public */
export interface ActiveView {
  readonly active: boolean;
  readonly runId: string | null;
}

/** Answer of `GET /demo/history`. @public */
export interface HistoryView {
  readonly items: readonly RunView[];
  readonly nextCursor?: string;
}

/** Answer of `GET /demo/preview`. @public */
export interface PreviewView extends Forecast {
  /** What the run would need on Kubernetes, when this engine is another. */
  readonly kubernetes?: Forecast;
  /** Capacity left now; missing where nothing limits. */
  readonly free?: { readonly cpu: number; readonly memory: number };
  /** The run that holds the slot, if any. */
  readonly activeRunId: string | null;
}
