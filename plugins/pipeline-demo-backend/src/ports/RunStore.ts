import type {
  EngineName,
  ProcessName,
  Run,
  RunEvent,
  RunPhase,
  RunSpec,
} from 'backstage-plugin-pipeline-demo-common';

/** The right to write a run: `epoch` grows by one at each change of owner. */
export interface Lease {
  readonly runId: string;
  readonly owner: string;
  readonly epoch: number;
}

/** The write was refused: another owner has the lease. Stop at once. */
export class LeaseLostError extends Error {
  readonly name = 'LeaseLostError';
}

/** A run with what the store knows beside its fold. */
export interface StoredRun {
  readonly run: Run;
  readonly epoch: number;
  /** Lines stored so far. */
  readonly lastLine: number;
}

/** Where a page of history goes on: opaque to its reader. */
export type HistoryCursor = string;

export interface HistoryQuery {
  /** 1..100 */
  readonly limit: number;
  readonly cursor?: HistoryCursor;
  readonly phase?: RunPhase;
  readonly engine?: EngineName;
  readonly createdBy?: string;
  readonly entityRef?: string;
}

export interface HistoryPage {
  readonly runs: readonly StoredRun[];
  readonly nextCursor?: HistoryCursor;
}

/** What past runs of an engine took, for the forecast: medians, in seconds. */
export interface PastDurations {
  readonly runs: number;
  readonly seconds: Readonly<Record<ProcessName, number>>;
  readonly startSeconds: number;
}

/**
 * Runs, their events and their leases. Lease times are the store's own clock.
 * Contract: `testing/storeContracts.ts`.
 */
export interface RunStore {
  /**
   * Stores a new run and its lease (epoch 1), unless a run is active: then
   * that one is returned and nothing is written. The same idempotency key by
   * the same creator returns the run it made, active or not.
   */
  create(
    spec: RunSpec,
    options: {
      readonly owner: string;
      readonly leaseMs: number;
      readonly idempotencyKey?: string;
    },
  ): Promise<
    | {
        readonly type: 'created';
        readonly stored: StoredRun;
        readonly lease: Lease;
      }
    | { readonly type: 'active'; readonly stored: StoredRun }
    | { readonly type: 'repeated'; readonly stored: StoredRun }
  >;

  get(runId: string): Promise<StoredRun | undefined>;
  /** The run that holds the slot. */
  active(): Promise<StoredRun | undefined>;
  /** The newest run, active or not. */
  latest(): Promise<StoredRun | undefined>;
  /** Newest first. @throws InputError for a cursor it did not make */
  history(query: HistoryQuery): Promise<HistoryPage>;

  /**
   * Appends events and the snapshot after them in one transaction; a snapshot
   * in an ended phase frees the slot in that same transaction.
   *
   * @throws LeaseLostError when the epoch is not the run's
   */
  append(
    lease: Lease,
    events: readonly RunEvent[],
    snapshot: Run,
  ): Promise<void>;

  /** Events after `event`, in order. */
  events(
    runId: string,
    after: number,
    limit: number,
  ): Promise<readonly RunEvent[]>;

  /**
   * A wish to cancel, stored so that it survives a crash and reaches the
   * owner, whoever that is. The first wish stands.
   *
   * @returns false when there is no such active run
   */
  askCancel(runId: string, by: string): Promise<boolean>;
  /** Who asked to cancel the run, if anyone. */
  cancelAskedBy(runId: string): Promise<string | undefined>;

  /** Takes the lease of an active run that is expired, or held by this owner; epoch + 1. */
  takeLease(
    runId: string,
    owner: string,
    leaseMs: number,
  ): Promise<Lease | undefined>;
  /** @returns false when it is lost */
  renewLease(lease: Lease, leaseMs: number): Promise<boolean>;
  /** Lets another owner take it at once. */
  releaseLease(lease: Lease): Promise<void>;

  /** Ended runs beyond `keep` newest, or ended before `endedBefore`. */
  prune(options: {
    readonly keep: number;
    readonly endedBefore: number;
  }): Promise<readonly string[]>;

  /** From at most `limit` newest succeeded runs of the engine; undefined when there is none. */
  pastDurations(
    engine: EngineName,
    limit: number,
  ): Promise<PastDurations | undefined>;

  /** @throws when the database does not answer */
  ping(): Promise<void>;
}
