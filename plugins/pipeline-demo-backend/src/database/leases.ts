import type { Knex } from 'knex';
import type { Lease } from '../ports/RunStore';
import { databaseNow } from './databaseClock';

/** The owner of a released lease: an owner's name is never empty. */
const NOBODY = '';

/** Before every time of the database's clock. */
const LONG_AGO = 0;

/**
 * Takes the lease of an active run that is expired or this owner's own. One
 * statement, so that of two owners only one finds it expired.
 */
export async function takeLease(
  client: Knex,
  runId: string,
  owner: string,
  leaseMs: number,
): Promise<Lease | undefined> {
  const [taken]: { epoch: number }[] = await client('runs')
    .where({ id: runId })
    .whereNotNull('slot')
    .andWhere(free =>
      free.where('lease_until', '<=', databaseNow(client)).orWhere({ owner }),
    )
    .update({
      owner,
      epoch: client.raw('epoch + 1'),
      lease_until: databaseNow(client, leaseMs),
    })
    .returning('epoch');
  return taken && { runId, owner, epoch: taken.epoch };
}

/** An expired lease that nobody took is still its owner's. */
export async function renewLease(
  client: Knex,
  lease: Lease,
  leaseMs: number,
): Promise<boolean> {
  const updated = await client('runs')
    .where({ id: lease.runId, epoch: lease.epoch })
    .update({ lease_until: databaseNow(client, leaseMs) });
  return updated > 0;
}

export async function releaseLease(client: Knex, lease: Lease): Promise<void> {
  await client('runs')
    .where({ id: lease.runId, epoch: lease.epoch })
    .update({ owner: NOBODY, lease_until: LONG_AGO });
}
