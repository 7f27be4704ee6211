import type { DatabaseService } from '@backstage/backend-plugin-api';
import {
  pastDurations,
  type EngineName,
  type Run,
  type RunEvent,
  type RunSpec,
} from 'backstage-plugin-pipeline-demo-common';
import type { Knex } from 'knex';
import type {
  HistoryPage,
  HistoryQuery,
  Lease,
  PastDurations,
  RunStore,
  StoredRun,
} from '../ports/RunStore';
import { createRun } from './createRun';
import { readHistory } from './history';
import { releaseLease, renewLease, takeLease } from './leases';
import { openDatabase } from './openDatabase';
import { ping } from './ping';
import { pruneRuns } from './pruneRuns';
import {
  RUN_COLUMNS,
  toEvent,
  toEventRow,
  toRunChanges,
  toStoredRun,
  type EventRow,
  type RunRow,
} from './rows';
import { writeRun } from './writeRun';

/** Knex writes SQLite's inserts as unions, of which SQLite takes 500. */
const ROWS_PER_INSERT = 100;

/** Runs and their events in the plugin's database: SQLite or PostgreSQL. */
export class DatabaseRunStore implements RunStore {
  readonly #client: Knex;

  static async create(options: {
    readonly database: DatabaseService;
  }): Promise<DatabaseRunStore> {
    return new DatabaseRunStore(await openDatabase(options.database));
  }

  private constructor(client: Knex) {
    this.#client = client;
  }

  async create(
    spec: RunSpec,
    options: Parameters<RunStore['create']>[1],
  ): ReturnType<RunStore['create']> {
    return createRun(this.#client, spec, options);
  }

  async get(runId: string): Promise<StoredRun | undefined> {
    return this.#first(runs => runs.where({ id: runId }));
  }

  async active(): Promise<StoredRun | undefined> {
    return this.#first(runs => runs.whereNotNull('slot'));
  }

  async latest(): Promise<StoredRun | undefined> {
    const { runs } = await this.history({ limit: 1 });
    return runs.at(0);
  }

  async #first(
    narrow: (runs: Knex.QueryBuilder) => Knex.QueryBuilder,
  ): Promise<StoredRun | undefined> {
    const row: RunRow | undefined = await narrow(
      this.#client('runs').select(RUN_COLUMNS),
    ).first();
    return row && toStoredRun(row);
  }

  async history(query: HistoryQuery): Promise<HistoryPage> {
    return readHistory(this.#client, query);
  }

  async append(
    lease: Lease,
    events: readonly RunEvent[],
    snapshot: Run,
  ): Promise<void> {
    const { runId } = lease;
    const before = snapshot.event - events.length;
    if (events.some(({ event }, index) => event !== before + 1 + index)) {
      throw new Error(
        `Events of run ${runId} do not lead up to its snapshot of event ${snapshot.event}`,
      );
    }
    await writeRun(this.#client, lease, {
      expected: { event: before },
      changes: toRunChanges(snapshot),
      rest: async trx => {
        for (let start = 0; start < events.length; start += ROWS_PER_INSERT) {
          await trx('run_events').insert(
            events
              .slice(start, start + ROWS_PER_INSERT)
              .map(event => toEventRow(runId, event)),
          );
        }
      },
    });
  }

  async events(
    runId: string,
    after: number,
    limit: number,
  ): Promise<readonly RunEvent[]> {
    const rows: EventRow[] = await this.#client('run_events')
      .select('run_id', 'event', 'body')
      .where({ run_id: runId })
      .andWhere('event', '>', after)
      .orderBy('event')
      .limit(limit);
    return rows.map(toEvent);
  }

  async askCancel(runId: string, by: string): Promise<boolean> {
    const updated = await this.#client('runs')
      .where({ id: runId })
      .whereNotNull('slot')
      .update({
        cancel_asked_by: this.#client.raw('coalesce(cancel_asked_by, ?)', [by]),
      });
    return updated > 0;
  }

  async cancelAskedBy(runId: string): Promise<string | undefined> {
    const row: { cancel_asked_by: string | null } | undefined =
      await this.#client('runs')
        .select('cancel_asked_by')
        .where({ id: runId })
        .first();
    return row?.cancel_asked_by ?? undefined;
  }

  async takeLease(
    runId: string,
    owner: string,
    leaseMs: number,
  ): Promise<Lease | undefined> {
    return takeLease(this.#client, runId, owner, leaseMs);
  }

  async renewLease(lease: Lease, leaseMs: number): Promise<boolean> {
    return renewLease(this.#client, lease, leaseMs);
  }

  async releaseLease(lease: Lease): Promise<void> {
    await releaseLease(this.#client, lease);
  }

  async prune(
    options: Parameters<RunStore['prune']>[0],
  ): Promise<readonly string[]> {
    return pruneRuns(this.#client, options);
  }

  async pastDurations(
    engine: EngineName,
    limit: number,
  ): Promise<PastDurations | undefined> {
    const { runs } = await this.history({ engine, phase: 'succeeded', limit });
    return pastDurations(runs.map(({ run }) => run));
  }

  async ping(): Promise<void> {
    await ping(this.#client);
  }
}
