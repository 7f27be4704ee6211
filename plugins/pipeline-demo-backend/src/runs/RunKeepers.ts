import type { LoggerService } from '@backstage/backend-plugin-api';
import type { RunSpec } from 'backstage-plugin-pipeline-demo-common';
import type { Broadcaster } from '../live/Broadcaster';
import type { Clock } from '../ports/Clock';
import type { Engine } from '../ports/Engine';
import type { LogStore } from '../ports/LogStore';
import type { Lease, RunStore, StoredRun } from '../ports/RunStore';

/** What `RunKeepers` works with. */
export interface RunKeepersOptions {
  readonly engine: Engine;
  readonly runs: RunStore;
  readonly logs: LogStore;
  readonly broadcaster: Broadcaster;
  readonly clock: Clock;
  readonly logger: LoggerService;
  /**
   * Who holds the leases. On PostgreSQL a name of this process and no other;
   * on SQLite, which has one process, the same name at each start, so that a
   * killed process is followed at once and not when its lease has expired.
   */
  readonly owner: string;
  /** How long a lease holds without being renewed. */
  readonly leaseMs: number;
  readonly retention: {
    /** How many ended runs are kept. */
    readonly keepRuns: number;
    /** How long an ended run is kept. */
    readonly maxAgeMs: number;
  };
}

/** Whether the loops of a process work: for the health check. Epoch milliseconds. */
export interface KeepersHealth {
  /** When this process last reached the store to renew or look for leases; 0 before the first time. */
  readonly leaseLoopAt: number;
  /** When an engine was last observed. */
  readonly engineSeenAt?: number;
}

/** The keepers of this process; see the essay to come. */
export class RunKeepers {
  static create(_options: RunKeepersOptions): RunKeepers {
    return new RunKeepers();
  }

  /** Aborted by `stop`. */
  get signal(): AbortSignal {
    throw new Error('not yet');
  }

  /** Adopts what is active, and from then on looks for it regularly; sweeps and prunes. */
  start(): void {}

  /** Stores a new run, unless one is active, and begins to drive it. */
  async begin(
    _spec: RunSpec,
    _options: { readonly idempotencyKey?: string },
  ): Promise<{
    readonly type: 'created' | 'active' | 'repeated';
    readonly stored: StoredRun;
  }> {
    throw new Error('not yet');
  }

  /** Drives a run from where it is. */
  keep(_lease: Lease, _stored: StoredRun): void {}

  /** Cancel was asked for: look now. */
  nudge(_runId: string): void {}

  health(): KeepersHealth {
    return { leaseLoopAt: 0 };
  }

  /** Stops driving and lets others take the runs at once; the runs go on. */
  async stop(): Promise<void> {}
}
