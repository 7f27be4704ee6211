import { setImmediate } from 'node:timers/promises';
import type { Knex } from 'knex';
import { transact } from './transact';

/** Runs that go in one transaction. */
const RUNS_PER_STEP = 20;

/** Chunks that go in one statement: a few megabytes at most. */
const CHUNKS_PER_STEP = 200;

/**
 * Deletes ended runs beyond the `keep` newest, or ended before `endedBefore`
 * (epoch milliseconds), with all that belongs to them.
 *
 * A run, its events and its resume points vanish in one transaction; its
 * lines, of which there may be millions, follow in small steps, so that
 * writers never wait for long. The table `pruned_runs` remembers what is
 * still to do if the process ends between the two.
 *
 * @returns the ids of the runs it deleted
 */
export async function pruneRuns(
  client: Knex,
  options: { readonly keep: number; readonly endedBefore: number },
): Promise<readonly string[]> {
  const oldestKept = await findOldestKept(client, options.keep);
  const pruned: string[] = [];
  for (;;) {
    const step = await deleteSomeRuns(client, query => {
      query.where('ended_at', '<', options.endedBefore);
      if (oldestKept === 'none') {
        query.orWhereRaw('true');
      } else if (oldestKept) {
        query.orWhereRaw('(number, id) < (?, ?)', [
          oldestKept.number,
          oldestKept.id,
        ]);
      }
    });
    if (step.length === 0) {
      break;
    }
    pruned.push(...step);
  }
  await deletePrunedLines(client);
  return pruned;
}

/** The last of the `keep` newest ended runs; undefined when there are fewer. */
async function findOldestKept(
  client: Knex,
  keep: number,
): Promise<{ number: number; id: string } | 'none' | undefined> {
  return keep === 0
    ? 'none'
    : client('runs')
        .select('number', 'id')
        .whereNull('slot')
        .orderBy([
          { column: 'number', order: 'desc' },
          { column: 'id', order: 'desc' },
        ])
        .offset(keep - 1)
        .first();
}

async function deleteSomeRuns(
  client: Knex,
  condition: (query: Knex.QueryBuilder) => void,
): Promise<readonly string[]> {
  return transact(client, async trx => {
    // Holding the rows keeps two replicas from pruning the same runs.
    const rows: { id: string }[] = await trx('runs')
      .select('id')
      .whereNull('slot')
      .andWhere(condition)
      .limit(RUNS_PER_STEP)
      .forUpdate();
    const ids = rows.map(({ id }) => id);
    if (ids.length > 0) {
      await trx('pruned_runs').insert(ids.map(id => ({ run_id: id })));
      await trx('runs').whereIn('id', ids).delete();
    }
    return ids;
  });
}

async function deletePrunedLines(client: Knex): Promise<void> {
  const runs: { run_id: string }[] = await client('pruned_runs').select();
  for (const { run_id } of runs) {
    let deleted: number;
    do {
      deleted = await client('log_chunks')
        .where({ run_id })
        .whereIn(
          'first_line',
          client('log_chunks')
            .select('first_line')
            .where({ run_id })
            .orderBy('first_line')
            .limit(CHUNKS_PER_STEP),
        )
        .delete();
      // SQLite answers in the same turn of the event loop: give others theirs.
      await setImmediate();
    } while (deleted > 0);
    await client('pruned_runs').where({ run_id }).delete();
  }
}
