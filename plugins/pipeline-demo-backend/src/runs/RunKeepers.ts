import { setMaxListeners } from 'node:events';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { RunSpec } from 'backstage-plugin-pipeline-demo-common';
import type { Broadcaster } from '../live/Broadcaster';
import type { Clock } from '../ports/Clock';
import type { Engine } from '../ports/Engine';
import type { LogStore } from '../ports/LogStore';
import type { Lease, RunStore, StoredRun } from '../ports/RunStore';
import { adoptRun } from './adoptRun';
import { pruneRuns } from './pruneRuns';
import type { Retention } from './pruneRuns';
import { RunKeeper } from './RunKeeper';
import type { RunObserver } from './RunObserver';
import { sweepRuns } from './sweepRuns';

/** How often an active run without an owner is looked for. */
const ADOPT_INTERVAL_MS = 2_000;
const SWEEP_INTERVAL_MS = 60_000;
const PRUNE_INTERVAL_MS = 60 * 60_000;

/** How long a run is left alone after its keeper has broken down. */
const BROKEN_DELAY_MS = 15_000;

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
  readonly retention: Retention;
  readonly observer: RunObserver;
}

/** Whether the loops of a process work: for the health check. Epoch milliseconds. */
export interface KeepersHealth {
  /** When this process last reached the store to look for a run to adopt; 0 before the first time. */
  readonly leaseLoopAt: number;
  /** When the engine was last observed. */
  readonly engineSeenAt?: number;
}

/**
 * The keepers of this process, and its regular work: it adopts a run whose
 * owner is gone, sweeps what engines have left, and prunes old runs.
 */
export class RunKeepers {
  readonly #options: RunKeepersOptions;
  readonly #stopping = new AbortController();
  readonly #keepers = new Map<string, RunKeeper>();
  /** Runs that are being stored: not to be adopted before they have their keeper. */
  readonly #beginning = new Set<string>();
  /** Runs whose keeper has broken down, and until when they are left alone. */
  readonly #broken = new Map<string, number>();
  #loops: readonly Promise<void>[] = [];
  #unknown: ReadonlySet<string> = new Set();
  #leaseLoopAt = 0;
  #engineSeenAt?: number;

  static create(options: RunKeepersOptions): RunKeepers {
    return new RunKeepers(options);
  }

  private constructor(options: RunKeepersOptions) {
    this.#options = options;
    // Every request that waits for the slot listens to it.
    setMaxListeners(0, this.#stopping.signal);
  }

  /** Aborted by `stop`. */
  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  /** Adopts what is active, and from then on looks for it regularly; sweeps and prunes. */
  start(): void {
    this.#loops = [
      this.#repeat(ADOPT_INTERVAL_MS, () => this.#adopt()),
      this.#repeat(SWEEP_INTERVAL_MS, () => this.#sweep()),
      this.#repeat(PRUNE_INTERVAL_MS, () =>
        pruneRuns(this.#options, this.#options.retention),
      ),
    ];
  }

  /** Stores a new run, unless one is active, and begins to drive it. */
  async begin(
    spec: RunSpec,
    { idempotencyKey }: { readonly idempotencyKey?: string },
  ): Promise<{
    readonly type: 'created' | 'active' | 'repeated';
    readonly stored: StoredRun;
  }> {
    const { runs, owner, leaseMs } = this.#options;
    this.#beginning.add(spec.id);
    try {
      const result = await runs.create(spec, {
        owner,
        leaseMs,
        idempotencyKey,
      });
      if (result.type === 'created') {
        this.keep(result.lease, result.stored);
      }
      return { type: result.type, stored: result.stored };
    } finally {
      this.#beginning.delete(spec.id);
    }
  }

  /** Drives a run from where it is; when this process stops, only gives the lease back. */
  keep(lease: Lease, stored: StoredRun): void {
    const { runId, epoch } = lease;
    const keeper = RunKeeper.keep({
      ...this.#options,
      lease,
      stored,
      logger: this.#options.logger.child({ runId, epoch }),
      onSeen: at => {
        this.#engineSeenAt = at;
      },
    });
    this.#keepers.set(runId, keeper);
    void this.#letGo(runId, keeper);
    if (this.signal.aborted) {
      void keeper.stop();
    }
  }

  /** Cancel was asked for: the run's keeper, if it is here, looks now. */
  nudge(runId: string): void {
    this.#keepers.get(runId)?.nudge();
  }

  health(): KeepersHealth {
    return {
      leaseLoopAt: this.#leaseLoopAt,
      engineSeenAt: this.#engineSeenAt,
    };
  }

  /** Stops driving, and lets others take the runs at once; the runs go on. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error('The server stops'));
    await Promise.all(this.#loops);
    await Promise.all([...this.#keepers.values()].map(keeper => keeper.stop()));
  }

  async #adopt(): Promise<void> {
    const found = await adoptRun(this.#options, id => this.#isOurs(id));
    this.#leaseLoopAt = this.#options.clock.now();
    if (found) {
      this.keep(found.lease, found.stored);
    }
  }
  async #sweep(): Promise<void> {
    this.#unknown = await sweepRuns(this.#options, this.#unknown, this.signal);
  }

  /** Waits for the keeper's end. Never rejects, as `done` does not. */
  async #letGo(runId: string, keeper: RunKeeper): Promise<void> {
    const end = await keeper.done;
    this.#keepers.delete(runId);
    if (end === 'broken') {
      const { clock } = this.#options;
      this.#broken.set(runId, clock.now() + BROKEN_DELAY_MS);
    }
  }

  #isOurs(runId: string): boolean {
    return (
      this.#keepers.has(runId) ||
      this.#beginning.has(runId) ||
      this.#options.clock.now() < (this.#broken.get(runId) ?? 0)
    );
  }

  async #repeat(intervalMs: number, work: () => Promise<void>): Promise<void> {
    const { clock, logger } = this.#options;
    while (!this.signal.aborted) {
      try {
        await work();
      } catch (error) {
        logger.warn('Regular work has failed', { error: String(error) });
      }
      await clock.sleep(intervalMs, this.signal);
    }
  }
}
