import { InputError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { HistoryPage, HistoryQuery } from '../ports/RunStore';
import { RUN_COLUMNS, toStoredRun, type RunRow } from './rows';

/** The last run of a page, by what history is ordered by. */
type Position = readonly [number: number, id: string];

/**
 * One page of runs, newest first, from the query's cursor on. The newest is
 * the one that was stored last: clocks of replicas differ.
 */
export async function readHistory(
  client: Knex,
  query: HistoryQuery,
): Promise<HistoryPage> {
  const select = client('runs')
    .select(RUN_COLUMNS)
    .orderBy([
      { column: 'number', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    // One more than asked for tells whether there is a next page.
    .limit(query.limit + 1);
  const filters = {
    phase: query.phase,
    engine: query.engine,
    created_by: query.createdBy,
    entity_ref: query.entityRef,
  };
  for (const [column, value] of Object.entries(filters)) {
    if (value !== undefined) {
      select.where(column, value);
    }
  }
  if (query.cursor !== undefined) {
    select.whereRaw('(number, id) < (?, ?)', [...parseCursor(query.cursor)]);
  }

  const rows: RunRow[] = await select;
  const page = rows.slice(0, query.limit);
  const runs = page.map(toStoredRun);
  const last = page.at(-1);
  return rows.length > query.limit && last
    ? { runs, nextCursor: formatCursor([last.number, last.id]) }
    : { runs };
}

function formatCursor(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

function parseCursor(cursor: string): Position {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch (error) {
    throw new InputError('The cursor is not one of ours', error);
  }
  if (
    Array.isArray(value) &&
    value.length === 2 &&
    Number.isSafeInteger(value[0]) &&
    typeof value[1] === 'string'
  ) {
    return [value[0], value[1]];
  }
  throw new InputError('The cursor is not one of ours');
}
