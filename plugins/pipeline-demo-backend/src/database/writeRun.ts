import type { Knex } from 'knex';
import { LeaseLostError, type Lease } from '../ports/RunStore';

/** How far a run is: the numbers of its last event and its last line. */
interface Position {
  readonly event: number;
  readonly last_line: number;
}

/**
 * The first statement of every write under a lease. It proves that the lease
 * holds and that what is written follows what is stored, and it keeps the
 * run's row until the transaction ends: nobody can take the lease in between.
 *
 * @throws LeaseLostError when the epoch is not the run's; Error when the run
 *   is not where it was expected
 */
export async function writeRun(
  trx: Knex.Transaction,
  lease: Lease,
  expected: Partial<Position>,
  changes: Readonly<Record<string, string | number | null>>,
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
