import type { DatabaseService } from '@backstage/backend-plugin-api';
import { openDatabase } from './openDatabase';

/** What tells this database from every other one: the same for all processes that share it. */
export async function databaseIdentity(
  database: DatabaseService,
): Promise<string> {
  const client = await openDatabase(database);
  const row: { readonly id: string } | undefined = await client('identity')
    .select('id')
    .first();
  if (!row) {
    throw new Error('The database has lost its identity: see its migrations');
  }
  return row.id;
}
