import type {
  Attempt,
  Capacity,
  Check,
  DriverState,
  EngineName,
  Footprint,
  LogTask,
  Outcome,
  RawLine,
  Report,
  RunSpec,
  TaskId,
} from 'backstage-plugin-pipeline-demo-common';

/**
 * What an engine saw. Facts may repeat and may come in any order, except that
 * no task fact follows `driverExited`. A new observation begins with the whole
 * present state, so nothing has to be remembered between two of them.
 */
export type Fact =
  | {
      readonly type: 'task';
      readonly at: number;
      readonly task: TaskId;
      readonly attempt: Attempt;
    }
  /** The driver on its way to the first task. An engine whose drivers never wait tells none. */
  | {
      readonly type: 'driver';
      readonly at: number;
      readonly driver: DriverState;
    }
  /** The engine was reached and its state is known as of `at`. */
  | { readonly type: 'seen'; readonly at: number }
  | {
      readonly type: 'driverExited';
      readonly at: number;
      readonly outcome: Outcome;
    }
  | { readonly type: 'deadline'; readonly at: number; readonly message: string }
  | {
      readonly type: 'jobMissing';
      readonly at: number;
      readonly message: string;
    };

/** One container's, or one process's, output. */
export interface LogSource {
  /** Identity over restarts of the backend: container id or attempt uid. */
  readonly id: string;
  readonly task: LogTask;
}

/**
 * Where reading of a source goes on. Opaque to everyone but its engine;
 * stored in the same transaction as the lines before it.
 */
export type ResumePoint = string;

/** What a follow yields. */
export type LogChunk =
  /** Lines in the source's order; reading can go on from `resume` after them. */
  | {
      readonly type: 'lines';
      readonly source: LogSource;
      readonly lines: readonly RawLine[];
      readonly resume: ResumePoint;
    }
  /** Output of this time was lost for good. */
  | {
      readonly type: 'gap';
      readonly source: LogSource;
      readonly from: number;
      readonly to: number;
      readonly reason: string;
      readonly resume: ResumePoint;
    };

/** The engine will never take this run: its message is the reason, in one sentence. */
export class LaunchRefusedError extends Error {
  readonly name = 'LaunchRefusedError';

  constructor(
    message: string,
    /** The engine's word for the cause, where it has one: see `Outcome`. */
    readonly code?: string,
  ) {
    super(message);
  }
}

/** The engine may not do what it is asked for, and could not say more: its message names the right. */
export class NotPermittedError extends Error {
  readonly name = 'NotPermittedError';
}

/** What the engine has of a report. */
export type ReportReading =
  | { readonly type: 'report'; readonly report: Report }
  | { readonly type: 'unreadable'; readonly message: string };

/** Whether the engine can be reached, and what it says of itself. */
export interface EngineHealth {
  readonly ok: boolean;
  /** One sentence: "local engine, 4 slots, /var/lib/..." or what is wrong. */
  readonly message: string;
}

/**
 * Where runs execute. A run goes on without us: the backend only watches, and
 * can be away for a minute or a night.
 *
 * The contract that every engine and the fake pass: `testing/contracts.ts`.
 */
export interface Engine {
  readonly name: EngineName;
  readonly footprint: Footprint;

  /**
   * Starts the run. Idempotent: names derive from the run's id, and what
   * exists already with our mark is success.
   *
   * @throws LaunchRefusedError when trying again cannot help; any other error
   *   means "try again"
   */
  launch(run: RunSpec, signal: AbortSignal): Promise<void>;

  /**
   * Facts of a launched run, beginning with its whole present state. Ends
   * after `driverExited`, `deadline` or `jobMissing`, or when the signal is
   * aborted. Throws when the engine cannot be observed; the caller comes back.
   */
  observe(run: RunSpec, signal: AbortSignal): AsyncIterable<Fact>;

  /**
   * All output of the run's sources, each from its resume point (or its
   * beginning). Ends when the driver has ended and every source was read to
   * its end; throws when reading fails, and the caller comes back with the
   * resume points it has stored.
   */
  follow(
    run: RunSpec,
    resume: ReadonlyMap<string, ResumePoint>,
    signal: AbortSignal,
  ): AsyncIterable<LogChunk>;

  /** The report of a run whose driver has exited with success. */
  report(run: RunSpec, signal: AbortSignal): Promise<ReportReading>;

  /**
   * Ends and removes what there is of the run now: the driver first. One
   * pass; the caller repeats it until `left` is empty twice. With `keep`
   * "logs", a `follow` that is going on can be read to its end; a later one
   * may find nothing any more. With "nothing", nothing stays.
   */
  remove(
    run: RunSpec,
    keep: 'logs' | 'nothing',
    signal: AbortSignal,
  ): Promise<void>;

  /**
   * A complete list of what still holds resources of the run, in words for
   * people: "process 4711 (GENERATE:3)". Folders and logs do not count.
   *
   * @throws NotPermittedError when we may not look; any other error means "try
   *   again"
   */
  left(run: RunSpec, signal: AbortSignal): Promise<readonly string[]>;

  /**
   * Ids of all runs of which something holds resources or takes space: for the
   * sweep. Of runs of this portal alone, as `remove` and `left` touch no others.
   */
  runIds(signal: AbortSignal): Promise<readonly string[]>;

  capacity(signal: AbortSignal): Promise<Capacity>;

  /** Cheap, since it is asked often. */
  health(signal: AbortSignal): Promise<EngineHealth>;

  /** All that runs stand on, looked at one by one. Changes nothing. */
  check(signal: AbortSignal): Promise<readonly Check[]>;
}
