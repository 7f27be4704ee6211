import type { Knex } from 'knex';
import { setTimeout } from 'node:timers/promises';

/** A database that takes longer does not answer: whoever asks must be told. */
const PING_TIMEOUT_MS = 2_000;

/**
 * Asks the database for nothing. Knex's own timeout begins with the query, but
 * a pool without a free connection keeps one waiting before that.
 *
 * @throws when it does not answer in time
 */
export async function ping(client: Knex): Promise<void> {
  const over = new AbortController();
  const late = setTimeout(PING_TIMEOUT_MS, 'late' as const, {
    ref: false,
    signal: over.signal,
  });
  try {
    const first = await Promise.race([client.raw('select 1'), late]);
    if (first === 'late') {
      throw new Error(`The database did not answer in ${PING_TIMEOUT_MS} ms`);
    }
  } finally {
    over.abort();
  }
}
