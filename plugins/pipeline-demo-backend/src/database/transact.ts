import type { Knex } from 'knex';
import { isPostgres } from './openDatabase';

/** Well below the time of a lease, and far above any pause of a healthy process. */
const IDLE_TIMEOUT_MS = 5_000;

/**
 * A transaction that nobody has to wait for long. If its process is paused,
 * or cut off from the network, in the middle of it, PostgreSQL would keep the
 * rows it has written locked, and another owner could not take the lease;
 * so it is rolled back when it has been idle for IDLE_TIMEOUT_MS.
 */
export async function transact<T>(
  client: Knex,
  work: (trx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  return client.transaction(async trx => {
    if (isPostgres(client)) {
      await trx.raw(
        `set local idle_in_transaction_session_timeout = ${IDLE_TIMEOUT_MS}`,
      );
    }
    return work(trx);
  });
}
