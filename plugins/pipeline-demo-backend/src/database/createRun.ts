import { ServiceUnavailableError } from '@backstage/errors';
import { newRun, type RunSpec } from 'backstage-plugin-pipeline-demo-common';
import type { Knex } from 'knex';
import type { RunStore, StoredRun } from '../ports/RunStore';
import { databaseNow } from './databaseClock';
import { RUN_COLUMNS, toRunChanges, toStoredRun, type RunRow } from './rows';

/** The value of the slot: one, since at most one run may be active. */
const SLOT = 1;

const FIRST_EPOCH = 1;

/**
 * How often a new run is tried when the run in its way is gone before it can
 * be read: each further time needs yet another run that came and went.
 */
const CREATE_ATTEMPTS = 5;

/**
 * Stores a new run, or returns the one in its way. Who wins a race is decided
 * by the unique indexes, in one statement: PostgreSQL would abort a
 * transaction in which an insert fails, so a conflict is "no row" here.
 *
 * @throws ServiceUnavailableError when runs come and go too fast
 */
export async function createRun(
  client: Knex,
  spec: RunSpec,
  options: Parameters<RunStore['create']>[1],
): ReturnType<RunStore['create']> {
  const run = newRun(spec);
  for (let attempt = 0; attempt < CREATE_ATTEMPTS; attempt++) {
    const inserted = await client('runs')
      .insert({
        id: run.id,
        ...toRunChanges(run),
        slot: SLOT,
        engine: run.engine,
        batch_count: run.batchCount,
        created_by: run.createdBy,
        created_at: run.createdAt,
        number: client.raw('(select coalesce(max(number), 0) + 1 from runs)'),
        entity_ref: run.entityRef ?? null,
        idempotency_key: options.idempotencyKey ?? null,
        last_line: 0,
        owner: options.owner,
        epoch: FIRST_EPOCH,
        lease_until: databaseNow(client, options.leaseMs),
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
    const inTheWay = await findInTheWay(
      client,
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

async function findInTheWay(
  client: Knex,
  createdBy: string,
  idempotencyKey: string | undefined,
): Promise<{ type: 'active' | 'repeated'; stored: StoredRun } | undefined> {
  if (idempotencyKey !== undefined) {
    const repeated: RunRow | undefined = await client('runs')
      .select(RUN_COLUMNS)
      .where({ created_by: createdBy, idempotency_key: idempotencyKey })
      .first();
    if (repeated) {
      return { type: 'repeated', stored: toStoredRun(repeated) };
    }
  }
  const active: RunRow | undefined = await client('runs')
    .select(RUN_COLUMNS)
    .whereNotNull('slot')
    .first();
  return active && { type: 'active', stored: toStoredRun(active) };
}
