import type { LoggerService } from '@backstage/backend-plugin-api';
import type { LogGap } from 'backstage-plugin-pipeline-demo-common';
import { Alarm } from '../live/Alarm';
import type { Broadcaster, Update } from '../live/Broadcaster';
import { LogPump } from '../logs/LogPump';
import type { PersistDeps } from '../logs/persist';
import type { Clock } from '../ports/Clock';
import type { Engine } from '../ports/Engine';
import type { LogStore } from '../ports/LogStore';
import { LeaseLostError } from '../ports/RunStore';
import type { Lease, RunStore, StoredRun } from '../ports/RunStore';
import type { Pumping } from './closeRun';
import { driveRun } from './driveRun';
import { HeldLease } from './HeldLease';
import type { KeepContext } from './KeepContext';
import { RunJournal } from './RunJournal';
import type { KeeperEnd, RunObserver } from './RunObserver';
import { watchCancel } from './watchCancel';

/** What `RunKeeper` works with. */
export interface RunKeeperOptions {
  readonly lease: Lease;
  /** How long a lease holds without being renewed. */
  readonly leaseMs: number;
  /** The run as it is stored, read after the lease was taken. */
  readonly stored: StoredRun;
  readonly engine: Engine;
  readonly runs: RunStore;
  readonly logs: LogStore;
  readonly broadcaster: Broadcaster;
  readonly clock: Clock;
  readonly logger: LoggerService;
  readonly observer: RunObserver;
  /** The engine was observed at this time. */
  readonly onSeen: (at: number) => void;
}

/**
 * Drives one run under a lease, from where it is to its end.
 *
 * Four loops share one signal: the steps of the run, its log, the lease, and
 * the wish to cancel. The first that meets a lost lease aborts it, and nothing
 * is written any more. A keeper may stop at any moment: what it has not
 * stored, the next one sees again, as the engine tells its whole state to
 * whoever comes, and the log goes on from the stored resume points.
 */
export class RunKeeper {
  readonly #options: RunKeeperOptions;
  readonly #abort = new AbortController();
  readonly #alarm: Alarm;
  readonly #persistDeps: PersistDeps;
  readonly #context: KeepContext;
  readonly #done: Promise<KeeperEnd>;
  #end: KeeperEnd = 'ended';
  #pumping?: Pumping;

  /** Begins to drive. */
  static keep(options: RunKeeperOptions): RunKeeper {
    return new RunKeeper(options);
  }

  private constructor(options: RunKeeperOptions) {
    const { runs, lease, clock, logger, stored, broadcaster } = options;
    const { observer, onSeen } = options;
    const { signal } = this.#abort;
    this.#options = options;
    this.#alarm = Alarm.create(clock);
    this.#persistDeps = { runs, lease, clock, logger, signal };
    this.#context = {
      ...options,
      signal,
      spec: stored.run,
      lease: HeldLease.hold(options),
      journal: this.#openJournal(),
      onSeen: at => {
        broadcaster.seen(stored.run.id, at);
        observer.seen(stored.run.id, at);
        onSeen(at);
      },
    };
    this.#done = this.#keep();
  }

  /** Resolves when nothing of it goes on any more. */
  get done(): Promise<KeeperEnd> {
    return this.#done;
  }

  /** Cancel was asked for: looks now. */
  nudge(): void {
    this.#alarm.ring();
  }

  /** Stops driving; the run goes on, and another owner can take it at once. */
  async stop(): Promise<void> {
    this.#endWith('stopped', new Error('The keeper stops'));
    await this.#done;
  }

  #openJournal(): RunJournal {
    return RunJournal.open({
      ...this.#persistDeps,
      run: this.#options.stored.run,
      onStored: (events, run) => this.#publish({ runId: run.id, events, run }),
      onFailure: error => this.#fail(error),
    });
  }

  #publish(update: Update): void {
    this.#options.broadcaster.published(update);
    this.#options.observer.published(update);
  }

  async #keep(): Promise<KeeperEnd> {
    const { broadcaster, observer, lease, stored, logger } = this.#options;
    const { signal } = this.#context;
    const endFeed = broadcaster.feed(stored);
    observer.kept(lease, stored);
    logger.info('Keeping the run', { phase: stored.run.phase });
    await Promise.all([
      this.#guard(this.#drive()),
      this.#guard(this.#context.lease.keepRenewing(signal)),
      this.#guard(watchCancel(this.#context, this.#alarm)),
    ]);
    await this.#pumping?.ended;
    endFeed();
    observer.letGo(lease.runId, this.#end);
    if (this.#end === 'stopped') {
      await this.#context.lease.release();
    }
    const { phase } = this.#context.journal.run;
    logger.info('No longer keeping the run', { phase, end: this.#end });
    return this.#end;
  }

  async #drive(): Promise<void> {
    const { lease, clock } = this.#options;
    const { journal } = this.#context;
    if (lease.epoch > 1) {
      const { epoch } = lease;
      journal.add({ type: 'TakenOver', at: clock.now(), epoch });
    }
    await driveRun(this.#context, () => this.#startPump());
    this.#endWith('ended', new Error('The run has ended'));
  }

  #startPump(): Pumping {
    this.#pumping ??= this.#createPump();
    return this.#pumping;
  }

  #createPump(): Pumping {
    const { engine, logs, stored } = this.#options;
    const { spec, journal } = this.#context;
    const pump = LogPump.create({
      ...this.#persistDeps,
      engine,
      logs,
      spec,
      lastLine: stored.lastLine,
      onLines: lines => this.#publish({ runId: spec.id, lines }),
      onGap: gap => this.#addGap(gap),
    });
    // A log that was declared complete gets no more lines.
    const ended = journal.run.logsComplete
      ? Promise.resolve()
      : this.#guard(pump.pump());
    return { pump, ended };
  }

  /** A gap is reported again when the resume point after it was not stored. */
  async #addGap(gap: LogGap): Promise<void> {
    const { journal, clock, signal } = this.#context;
    const isKnown = journal.run.gaps.some(
      ({ task, from, to }) =>
        task === gap.task && from === gap.from && to === gap.to,
    );
    if (!isKnown) {
      journal.add({ type: 'Gap', at: clock.now(), ...gap });
      await journal.settled();
      signal.throwIfAborted();
    }
  }

  /** Never rejects: an error ends the keeper. */
  async #guard(loop: Promise<void>): Promise<void> {
    try {
      await loop;
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    if (error instanceof LeaseLostError) {
      this.#endWith('lost', error);
    } else {
      this.#endWith('broken', error);
    }
  }

  /** The first reason counts; what fails because of it is no reason. */
  #endWith(end: KeeperEnd, reason: unknown): void {
    if (this.#abort.signal.aborted) {
      return;
    }
    this.#end = end;
    this.#abort.abort(reason);
    if (end === 'broken') {
      this.#options.logger.error('The keeper has failed', reason as Error);
    }
  }
}
