import { createApiRef } from '@backstage/core-plugin-api';
import type {
  EngineCheckView,
  EngineName,
  HistoryView,
  LogLine,
  LogTask,
  PreviewView,
  RunEvent,
  RunPhase,
  RunView,
  ServerMessage,
  StartedRunView,
  StatusView,
  TaskId,
} from 'backstage-plugin-pipeline-demo-common';

/**
 * How the page hears of a run. Times are epoch milliseconds of this browser.
 *
 * @public
 */
export type Connection =
  | { readonly type: 'connecting' }
  | { readonly type: 'live' }
  /** Live, but so many lines are still on their way. */
  | { readonly type: 'catchingUp'; readonly lines: number }
  | {
      readonly type: 'reconnecting';
      readonly since: number;
      readonly retryAt: number;
    }
  /** Neither WebSocket nor server-sent events get through: it asks now and then. */
  | { readonly type: 'polling' }
  /** The run has ended and all of it is here. */
  | { readonly type: 'finished' }
  /** The server said no, and asking again will not help; `name` is the error's. */
  | {
      readonly type: 'refused';
      readonly name: string;
      readonly message: string;
    };

/** @public */
export interface StreamOptions {
  /** Without it, the stream follows whatever run is active. */
  readonly runId?: string;
  /** How many of the lines so far to begin with. */
  readonly tail: number;
  /**
   * Gets each message once, in order: events and lines without a hole and
   * without a repetition, over all reconnects.
   */
  onMessage(message: ServerMessage): void;
  onConnection(connection: Connection): void;
}

/** An open stream. @public */
export interface RunStreamHandle {
  /** Does not wait for the time of the next attempt. */
  retryNow(): void;
  close(): void;
}

/** @public */
export interface StartRunRequest {
  readonly batchCount: number;
  /** Made when the form is opened: a repeated click starts nothing new. */
  readonly idempotencyKey: string;
  readonly entityRef?: string;
}

/** @public */
export interface HistoryRequest {
  /** 1..100 */
  readonly limit?: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string;
  readonly phase?: RunPhase;
  readonly engine?: EngineName;
  /** Entity ref of the one who started it. */
  readonly createdBy?: string;
  readonly entityRef?: string;
}

/** @public */
export interface LogSearchRequest {
  readonly text: string;
  /** RE2: without look-around and back-references. */
  readonly regex: boolean;
  readonly caseSensitive: boolean;
  /** The first line to look at. */
  readonly from: number;
  /** The last one. */
  readonly to: number;
  /** Only lines of these; all when empty. */
  readonly tasks: readonly LogTask[];
}

/** What of a log is wanted as a file. @public */
export interface LogDownloadRequest {
  readonly format: 'text' | 'ndjson';
  /** Only lines of these; all when missing or empty. */
  readonly tasks?: readonly LogTask[];
  /** Only lines that match; all when missing. */
  readonly search?: Pick<LogSearchRequest, 'text' | 'regex' | 'caseSensitive'>;
}

/** What a part of a search has found. @public */
export interface LogSearchResult {
  /** Numbers of the lines that match, in order. */
  readonly lines: readonly number[];
  /** Where the search goes on; missing when all was looked at. */
  readonly next?: number;
}

/**
 * The backend of the pipeline demo, as the page uses it. Every promise may
 * reject with a ResponseError; its `body.error.name` is stable.
 *
 * @public
 */
export interface PipelineDemoApi {
  startRun(request: StartRunRequest): Promise<StartedRunView>;
  preview(batchCount: number): Promise<PreviewView>;
  history(request: HistoryRequest): Promise<HistoryView>;
  status(): Promise<StatusView>;
  /** Looks at all that runs stand on; takes some seconds. */
  check(): Promise<EngineCheckView>;
  getRun(runId: string): Promise<RunView>;
  cancelRun(runId: string): Promise<RunView>;
  /** Kills a running task on purpose; only where `status().breakIt` says so. */
  breakTask(runId: string, task: TaskId): Promise<RunView>;
  /** Lines with numbers in `from..to`, in order; fewer when the server's page is smaller. */
  readLines(
    runId: string,
    range: { readonly from: number; readonly to: number },
  ): Promise<readonly LogLine[]>;
  /**
   * Events after number `after`, in order: a page of them, empty when there
   * are no more. Folded over the plan they are the run.
   */
  readEvents(runId: string, after: number): Promise<readonly RunEvent[]>;
  /** The log as a file: the whole, or what is wanted of it. */
  downloadLog(runId: string, request: LogDownloadRequest): Promise<Blob>;
  /** Looks through lines in the store, a part at a time. */
  searchLog(
    runId: string,
    request: LogSearchRequest,
    signal: AbortSignal,
  ): Promise<LogSearchResult>;
  openStream(options: StreamOptions): RunStreamHandle;
}

/** @public */
export const pipelineDemoApiRef = createApiRef<PipelineDemoApi>({
  id: 'plugin.pipeline-demo.client',
});
