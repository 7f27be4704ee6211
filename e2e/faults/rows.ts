import { DatabaseSync } from 'node:sqlite';

/** Columns by name. */
export type Row = Readonly<Record<string, unknown>>;

/** Asks an SQLite file, which another process may be writing to. */
export function sqliteRows(
  file: string,
  sql: string,
  values: readonly (string | number)[],
): readonly Row[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return database.prepare(sql).all(...values) as Row[];
  } finally {
    database.close();
  }
}
