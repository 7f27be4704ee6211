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

/** How long changes are polled for, before listening is tried again. */
const LISTEN_RETRY_MS = 10_000;

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

  /** Never throws. */
  async #collect(pending: PendingIds, signal: AbortSignal): Promise<void> {
    if (!isPostgres(this.#deps.client)) {
      pending.add(EVERY_RUN);
      return;
    }
    while (!signal.aborted) {
      await listenForChanges(this.#deps, pending, signal);
      await pollForChanges(this.#deps, pending, LISTEN_RETRY_MS, signal);
    }
  }
}
