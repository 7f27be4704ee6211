import type { DatabaseService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import {
  isEnded,
  newRun,
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
import { databaseNow } from './databaseClock';
import { readHistory } from './history';
import { openDatabase } from './openDatabase';
import { pruneRuns } from './pruneRuns';
import {
  RUN_COLUMNS,
  toEvent,
  toStoredRun,
  type EventRow,
  type RunRow,
} from './rows';
import { writeRun } from './writeRun';

/** The value of the slot: one, since at most one run may be active. */
const SLOT = 1;

/**
 * How often a new run is tried when the run in its way is gone before it can
 * be read: each further time needs yet another run that came and went.
 */
const CREATE_ATTEMPTS = 5;

const FIRST_EPOCH = 1;

/** Runs and their events in the plugin's database: SQLite or PostgreSQL. */
export class DatabaseRunStore implements RunStore {
  readonly #client: Knex;

  static async create(options: {
    database: DatabaseService;
  }): Promise<DatabaseRunStore> {
    return new DatabaseRunStore(await openDatabase(options.database));
  }

  private constructor(client: Knex) {
    this.#client = client;
  }

  async create(
    spec: RunSpec,
    options: { owner: string; leaseMs: number; idempotencyKey?: string },
  ): ReturnType<RunStore['create']> {
    const run = newRun(spec);
    for (let attempt = 0; attempt < CREATE_ATTEMPTS; attempt++) {
      const inserted = await this.#client('runs')
        .insert({
          id: run.id,
          slot: SLOT,
          phase: run.phase,
          engine: run.engine,
          batch_count: run.batchCount,
          created_by: run.createdBy,
          created_at: run.createdAt,
          entity_ref: run.entityRef ?? null,
          idempotency_key: options.idempotencyKey ?? null,
          event: run.event,
          last_line: 0,
          snapshot: JSON.stringify(run),
          owner: options.owner,
          epoch: FIRST_EPOCH,
          lease_until: databaseNow(this.#client, options.leaseMs),
        })
        .onConflict()
        .ignore()
        .returning('id');
      if (inserted.length > 0) {
        return {
          type: 'created',
          stored: { run, epoch: FIRST_EPOCH, lastLine: 0 },
          lease: { runId: run.id, owner: options.owner, epoch: FIRST_EPOCH },
        };
      }
      const inTheWay = await this.#inTheWay(
        spec.createdBy,
        options.idempotencyKey,
      );
      if (inTheWay) {
        return inTheWay;
      }
    }
    throw new ServiceUnavailableError(
      'Other runs came and went while this one was to start; try again',
    );
  }

  async #inTheWay(
    createdBy: string,
    idempotencyKey: string | undefined,
  ): Promise<{ type: 'active' | 'repeated'; stored: StoredRun } | undefined> {
    if (idempotencyKey !== undefined) {
      const repeated = await this.#one(query =>
        query.where({
          created_by: createdBy,
          idempotency_key: idempotencyKey,
        }),
      );
      if (repeated) {
        return { type: 'repeated', stored: repeated };
      }
    }
    const active = await this.active();
    return active && { type: 'active', stored: active };
  }

  async get(runId: string): Promise<StoredRun | undefined> {
    return this.#one(query => query.where({ id: runId }));
  }

  async active(): Promise<StoredRun | undefined> {
    return this.#one(query => query.whereNotNull('slot'));
  }

  async latest(): Promise<StoredRun | undefined> {
    return this.#one(query =>
      query.orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ]),
    );
  }

  async #one(
    narrow: (query: Knex.QueryBuilder) => Knex.QueryBuilder,
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
    await this.#client.transaction(async trx => {
      await writeRun(
        trx,
        lease,
        { event: snapshot.event - events.length },
        {
          phase: snapshot.phase,
          event: snapshot.event,
          snapshot: JSON.stringify(snapshot),
          ...(isEnded(snapshot.phase)
            ? { slot: null, ended_at: snapshot.endedAt ?? snapshot.createdAt }
            : {}),
        },
      );
      if (events.length > 0) {
        await trx('run_events').insert(
          events.map(event => ({
            run_id: lease.runId,
            event: event.event,
            body: JSON.stringify(event),
          })),
        );
      }
    });
  }

  async events(
    runId: string,
    after: number,
    limit: number,
  ): Promise<readonly RunEvent[]> {
    const rows: EventRow[] = await this.#client('run_events')
      .select('event', 'body')
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
    const [taken]: { epoch: number }[] = await this.#client('runs')
      .where({ id: runId })
      .whereNotNull('slot')
      .andWhere(expired =>
        expired
          .where('lease_until', '<=', databaseNow(this.#client))
          .orWhere({ owner }),
      )
      .update({
        owner,
        epoch: this.#client.raw('epoch + 1'),
        lease_until: databaseNow(this.#client, leaseMs),
      })
      .returning('epoch');
    return taken && { runId, owner, epoch: taken.epoch };
  }

  async renewLease(lease: Lease, leaseMs: number): Promise<boolean> {
    const updated = await this.#client('runs')
      .where({ id: lease.runId, epoch: lease.epoch })
      .update({ lease_until: databaseNow(this.#client, leaseMs) });
    return updated > 0;
  }

  async releaseLease(lease: Lease): Promise<void> {
    await this.#client('runs')
      .where({ id: lease.runId, epoch: lease.epoch })
      .update({ lease_until: 0 });
  }

  async prune(options: {
    keep: number;
    endedBefore: number;
  }): Promise<readonly string[]> {
    return pruneRuns(this.#client, options);
  }

  async pastDurations(
    engine: EngineName,
    limit: number,
  ): Promise<PastDurations | undefined> {
    const { runs } = await readHistory(this.#client, {
      engine,
      phase: 'succeeded',
      limit,
    });
    return pastDurations(runs.map(({ run }) => run));
  }

  async ping(): Promise<void> {
    await this.#client.select(this.#client.raw('1'));
  }
}
