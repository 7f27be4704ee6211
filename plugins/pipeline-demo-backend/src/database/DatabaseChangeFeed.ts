import type {
  DatabaseService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { EVERY_RUN, type ChangeFeed } from '../ports/ChangeFeed';
import type { Clock } from '../ports/Clock';
import { PendingIds } from './PendingIds';
import { listenForChanges, type ListenDeps } from './listenForChanges';
import { isPostgres, openDatabase } from './openDatabase';
import { pollForChanges } from './pollForChanges';

/** How long after listening has failed it is tried again; polling bridges it. */
const LISTEN_RETRY_MS = 30_000;

/**
 * Changes of runs by any replica. PostgreSQL announces them; while it cannot
 * be listened to, they are polled for. SQLite means a single process, which
 * knows its own changes: there is nothing to tell but the first EVERY_RUN.
 */
export class DatabaseChangeFeed implements ChangeFeed {
  readonly #deps: ListenDeps;

  static async create(options: {
    readonly database: DatabaseService;
    readonly clock: Clock;
    readonly logger: LoggerService;
  }): Promise<DatabaseChangeFeed> {
    const { database, clock, logger } = options;
    const client = await openDatabase(database);
    const { config } = client.client;
    return new DatabaseChangeFeed({ client, config, clock, logger });
  }

  private constructor(deps: ListenDeps) {
    this.#deps = deps;
  }

  async *watch(signal: AbortSignal): AsyncGenerator<string> {
    const pending = PendingIds.create();
    const done = new AbortController();
    const either = AbortSignal.any([signal, done.signal]);
    const source = this.#collect(pending, either);
    try {
      while (!either.aborted) {
        yield* await pending.take(either);
      }
    } finally {
      done.abort();
      await source;
    }
  }

  /** Never rejects. */
  async #collect(pending: PendingIds, signal: AbortSignal): Promise<void> {
    if (isPostgres(this.#deps.client)) {
      await this.#listenOrPoll(pending, signal);
    } else {
      pending.add(EVERY_RUN);
    }
  }

  async #listenOrPoll(pending: PendingIds, signal: AbortSignal): Promise<void> {
    const { clock, logger } = this.#deps;
    let lastReason: string | undefined;
    let poll = new AbortController();
    poll.abort();
    let polls: Promise<unknown> = Promise.resolve();
    const onListening = () => {
      lastReason = undefined;
      poll.abort();
      pending.add(EVERY_RUN);
    };
    while (!signal.aborted) {
      const reason = await listenForChanges(
        this.#deps,
        onListening,
        pending,
        signal,
      );
      if (!signal.aborted && reason !== lastReason) {
        logger.warn('Runs are polled for changes', { reason });
        lastReason = reason;
      }
      if (poll.signal.aborted) {
        poll = new AbortController();
        const either = AbortSignal.any([signal, poll.signal]);
        polls = Promise.all([
          polls,
          pollForChanges(this.#deps, pending, either),
        ]);
      }
      await clock.sleep(LISTEN_RETRY_MS, signal);
    }
    await polls;
  }
}
