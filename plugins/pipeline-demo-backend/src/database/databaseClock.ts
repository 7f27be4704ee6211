import type { Knex } from 'knex';
import { isPostgres } from './openDatabase';

/**
 * The database's own clock as SQL, in epoch milliseconds: replicas compare
 * lease times with one clock, whatever their machines say.
 */
export function databaseNow(client: Knex, plusMs: number = 0): Knex.Raw {
  return isPostgres(client)
    ? client.raw(
        '(floor(extract(epoch from clock_timestamp()) * 1000)::bigint + ?::bigint)',
        [plusMs],
      )
    : client.raw("(cast(unixepoch('subsec') * 1000 as integer) + ?)", [plusMs]);
}
