import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  CLOSE_CODES,
  encodeMessage,
} from 'backstage-plugin-pipeline-demo-common';
import type {
  LogLine,
  Presence,
  Run,
  RunEvent,
} from 'backstage-plugin-pipeline-demo-common';
import type { ChangeFeed } from '../ports/ChangeFeed';
import type { Clock } from '../ports/Clock';
import type { LogStore } from '../ports/LogStore';
import type { RunStore, StoredRun } from '../ports/RunStore';
import { Alarm } from './Alarm';
import { Backoff } from './Backoff';
import { PresenceBeat } from './PresenceBeat';
import { RunChannels } from './RunChannels';
import { newStreamCounts } from './StreamCounts';
import type { StreamCounts } from './StreamCounts';
import { Viewer } from './Viewer';
import type { Sink, ViewerRequest } from './Viewer';

/** Between two rounds: presence, and the search for the active run. */
const ROUND_INTERVAL_MS = 500;
const READ_RETRY = { minMs: 500, maxMs: 10_000 };

/** When viewers of a process that stops should come back. */
const RESTART_RETRY_MS = 1_000;

/** What `Broadcaster` works with. */
export interface BroadcasterOptions {
  readonly runs: RunStore;
  readonly logs: LogStore;
  readonly clock: Clock;
  readonly logger: LoggerService;
  /** Tells what other processes store; without it, the store is polled. */
  readonly changes?: ChangeFeed;
}

/** What was stored, and may be seen now. */
export type Update =
  | {
      readonly runId: string;
      readonly events: readonly RunEvent[];
      /** The run after them. */
      readonly run: Run;
    }
  | { readonly runId: string; readonly lines: readonly LogLine[] };

/**
 * All viewers of this process. A run that is kept here is fed by its keeper,
 * after each commit; one that another process keeps is read from the store,
 * once for all its viewers, while there are any.
 *
 * A viewer that names no run follows whatever is active: it stays on a run
 * that has ended until the next one begins.
 */
export class Broadcaster {
  readonly #options: BroadcasterOptions;
  readonly #channels: RunChannels;
  readonly #viewers = new Set<Viewer>();
  readonly #followers = new Set<Viewer>();
  readonly #idleBeat = PresenceBeat.create();
  readonly #counts = newStreamCounts();
  readonly #alarm: Alarm;
  readonly #closing = new AbortController();
  readonly #watch: Promise<void>;
  /** Undefined while there is no viewer. */
  #rounds?: Promise<void>;

  static create(options: BroadcasterOptions): Broadcaster {
    return new Broadcaster(options);
  }

  private constructor(options: BroadcasterOptions) {
    this.#options = options;
    this.#alarm = Alarm.create(options.clock);
    this.#channels = RunChannels.create(options, this.#closing.signal);
    this.#watch = this.#watchChanges(this.#closing.signal);
  }

  /**
   * Begins to send to a viewer: `snapshot` or `idle`, then what follows. A run
   * that does not exist closes it with NotFoundError; a named run that has
   * ended is sent to its end, and the viewer is closed.
   */
  open(sink: Sink, request: ViewerRequest): Viewer {
    const viewer = Viewer.open(
      {
        ...this.#options,
        counts: this.#counts,
        loadHead: (...args) => this.#channels.loadHead(...args),
        onClosed: closed => this.#forget(closed),
      },
      sink,
      request,
    );
    if (this.#closing.signal.aborted) {
      sayGoodbye(viewer, 'The server stops');
      return viewer;
    }
    this.#viewers.add(viewer);
    if (request.run === undefined) {
      this.#followers.add(viewer);
    } else {
      viewer.watch(this.#channels.get(request.run));
      this.#channels.tend();
    }
    this.#alarm.ring();
    this.#rounds ??= this.#makeRounds(this.#closing.signal);
    return viewer;
  }

  /** How many watch the run; without an id, how many there are. */
  viewers(runId?: string): number {
    return runId === undefined
      ? this.#viewers.size
      : this.#channels.find(runId)?.size ?? 0;
  }

  /** What all viewers have been given so far. */
  get counts(): Readonly<StreamCounts> {
    return this.#counts;
  }

  /**
   * A keeper of this process has the run from here on, and publishes all that
   * it stores after `stored`.
   *
   * @returns what the keeper calls at its end
   */
  feed(stored: StoredRun): () => void {
    const end = this.#channels.feed(stored);
    this.#alarm.ring();
    return end;
  }

  /** Called after the commit, in the order of the numbers. */
  published(update: Update): void {
    const channel = this.#channels.find(update.runId);
    if ('lines' in update) {
      channel?.publishLines(update.lines);
    } else {
      channel?.publishEvents(update.events, update.run);
    }
  }

  /** The engine was observed at this time (epoch milliseconds). */
  seen(runId: string, at: number): void {
    this.#channels.find(runId)?.see(at);
  }

  /** When the engine was last observed for the run; undefined if it is not kept here. */
  seenAt(runId: string): number | undefined {
    return this.#channels.find(runId)?.seenAt;
  }

  /** Says goodbye to all viewers, which come back to another process, or to the next one here. */
  async close(reason: string): Promise<void> {
    this.#closing.abort();
    this.#viewers.forEach(viewer => sayGoodbye(viewer, reason));
    await Promise.all([this.#watch, this.#rounds, this.#channels.drained()]);
  }

  #forget(viewer: Viewer): void {
    this.#viewers.delete(viewer);
    this.#followers.delete(viewer);
    this.#channels.tend();
  }

  /** Never rejects, as a feed never throws. */
  async #watchChanges(signal: AbortSignal): Promise<void> {
    const { changes } = this.#options;
    for await (const runId of changes?.watch(signal) ?? []) {
      this.#channels.ring(runId);
      this.#alarm.ring();
    }
  }

  /** Goes on while there are viewers. Never rejects. */
  async #makeRounds(signal: AbortSignal): Promise<void> {
    const { clock, logger } = this.#options;
    const backoff = Backoff.create(READ_RETRY);
    while (!signal.aborted && this.#viewers.size > 0) {
      try {
        await this.#assignFollowers();
        this.#sendPresence(clock.now());
        backoff.reset();
        await this.#alarm.sleep(ROUND_INTERVAL_MS, signal);
      } catch (error) {
        logger.warn('The active run is not known', { error: String(error) });
        await clock.sleep(backoff.next(), signal);
      }
    }
    this.#rounds = undefined;
  }

  /** Brings followers to the active run; those that have nothing to watch are told so. */
  async #assignFollowers(): Promise<void> {
    // At most one run is active: who watches one that has not ended is there.
    if ([...this.#followers].every(viewer => viewer.watchesActive)) {
      return;
    }
    const { runs, clock } = this.#options;
    const found = this.#channels.fedRunId() ?? (await runs.active())?.run.id;
    // A keeper may have begun while we read.
    const runId = this.#channels.fedRunId() ?? found;
    const presence = { viewers: this.#viewers.size, now: clock.now() };
    for (const viewer of this.#followers) {
      if (runId === undefined) {
        viewer.idle(presence);
      } else {
        viewer.watch(this.#channels.get(runId));
      }
    }
    this.#channels.tend();
  }

  #sendPresence(now: number): void {
    this.#channels.all().forEach(channel => channel.publishPresence(now));
    const idle = [...this.#followers].filter(viewer => !viewer.channel);
    const presence: Presence = { viewers: this.#viewers.size, now };
    if (idle.length > 0 && this.#idleBeat.isDue(presence)) {
      const frame = encodeMessage({ type: 'presence', presence });
      idle.forEach(viewer => viewer.offerPresence(frame));
    }
  }
}

function sayGoodbye(viewer: Viewer, reason: string): void {
  viewer.goodbye(
    {
      name: 'ServiceUnavailableError',
      message: reason,
      retryAfterMs: RESTART_RETRY_MS,
    },
    CLOSE_CODES.restart,
  );
}
