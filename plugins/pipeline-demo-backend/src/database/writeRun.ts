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
 * @returns elsewhere when the lease holds, but the run is not where it was
 *   expected: nothing was written, perhaps since it was written before
 * @throws LeaseLostError when the epoch is not the run's
 */
export async function writeRun(
  trx: Knex.Transaction,
  lease: Lease,
  expected: Partial<Position>,
  changes: Readonly<Record<string, string | number | null>>,
): Promise<'written' | 'elsewhere'> {
  const { runId, epoch } = lease;
  const updated = await trx('runs')
    .where({ id: runId, epoch, ...expected })
    // The epoch stays; naming it makes a write of "no changes" hold the row too.
    .update({ epoch, ...changes });
  if (updated > 0) {
    return 'written';
  }
  const row: { epoch: number } | undefined = await trx('runs')
    .select('epoch')
    .where({ id: runId })
    .first();
  if (row?.epoch === epoch) {
    return 'elsewhere';
  }
  throw new LeaseLostError(
    row
      ? `Run ${runId} is at epoch ${row.epoch}, not ${epoch}`
      : `Run ${runId} does not exist any more`,
  );
}
