import type { Knex } from 'knex';
import { LeaseLostError, type Lease } from '../ports/RunStore';
import { transact } from './transact';

/** How far a run is: the numbers of its last event and its last line. */
interface Position {
  readonly event: number;
  readonly last_line: number;
}

/** What is written under a lease. */
export interface RunWrite {
  /** Where the run has to be: what is written follows what is stored. */
  readonly expected: Partial<Position>;
  /** New values of columns of the run. */
  readonly changes: Readonly<Record<string, string | number | null>>;
  /** What belongs to it in other tables. */
  readonly rest: (trx: Knex.Transaction) => Promise<void>;
}

/**
 * Writes in one transaction, or not at all. Its first statement proves that
 * the lease holds, and keeps the run's row until the end of the transaction:
 * nobody can take the lease in between.
 *
 * @throws LeaseLostError when the epoch is not the run's; Error when the run
 *   is not where it was expected
 */
export async function writeRun(
  client: Knex,
  lease: Lease,
  { expected, changes, rest }: RunWrite,
): Promise<void> {
  await transact(client, async trx => {
    await updateRun(trx, lease, expected, changes);
    await rest(trx);
  });
}

async function updateRun(
  trx: Knex.Transaction,
  lease: Lease,
  expected: RunWrite['expected'],
  changes: RunWrite['changes'],
): Promise<void> {
  const { runId, epoch } = lease;
  const updated = await trx('runs')
    .where({ id: runId, epoch, ...expected })
    // The epoch stays; naming it makes a write of "no changes" hold the row too.
    .update({ epoch, ...changes });
  if (updated > 0) {
    return;
  }
  const row: (Position & { readonly epoch: number }) | undefined = await trx(
    'runs',
  )
    .select('epoch', 'event', 'last_line')
    .where({ id: runId })
    .first();
  if (row?.epoch !== epoch) {
    throw new LeaseLostError(
      `Run ${runId} has epoch ${row?.epoch ?? 'none'}, not ${epoch}`,
    );
  }
  throw new Error(
    `Run ${runId} is at event ${row.event} and line ${
      row.last_line
    }, not at ${JSON.stringify(expected)}`,
  );
}
