import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

const migrationsDirectory = resolvePackagePath(
  'backstage-plugin-pipeline-demo-backend',
  'migrations',
);

/** How long SQLite waits for another process, a backup say, before it fails. */
const SQLITE_BUSY_TIMEOUT_MS = 5000;

/** Names our migrations among the advisory locks of a shared database. */
const MIGRATION_LOCK = 'pipeline-demo migrations';

/**
 * The plugin's database with its tables up to date: what both stores stand on.
 *
 * @throws Error when it is neither SQLite nor PostgreSQL
 */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const client = await database.getClient();
  switch (client.client.dialect) {
    case 'sqlite3':
      await tuneSqlite(client);
      break;
    case 'postgresql':
      break;
    default:
      throw new Error(
        `The pipeline demo keeps its runs in SQLite (better-sqlite3) or PostgreSQL (pg), not in ${client.client.dialect}`,
      );
  }
  if (!database.migrations?.skip) {
    await migrate(client);
  }
  return client;
}

export function isPostgres(client: Knex): boolean {
  return client.client.dialect === 'postgresql';
}

/**
 * WAL lets another process read while we write, and makes NORMAL safe: a
 * killed process loses nothing, a power cut at most the last moments, which
 * are then read again from the resume points stored with them.
 */
async function tuneSqlite(client: Knex): Promise<void> {
  await client.raw('pragma journal_mode = wal');
  await client.raw('pragma synchronous = normal');
  await client.raw(`pragma busy_timeout = ${SQLITE_BUSY_TIMEOUT_MS}`);
  await client.raw('pragma foreign_keys = on');
}

/**
 * All in one transaction, so that a process killed in the middle leaves
 * neither half a schema nor Knex's own lock behind; and one process after the
 * other, since Knex would fail all but the first of those that start together.
 */
async function migrate(client: Knex): Promise<void> {
  await client.transaction(async trx => {
    if (isPostgres(client)) {
      await trx.raw('select pg_advisory_xact_lock(hashtext(?))', [
        MIGRATION_LOCK,
      ]);
    }
    await trx.migrate.latest({ directory: migrationsDirectory });
  });
}
