import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { EVERY_RUN } from '../ports/ChangeFeed';
import type { Clock } from '../ports/Clock';
import type { PendingIds } from './PendingIds';

const POLL_INTERVAL_MS = 250;
const POLL_RETRY_MS = 2_000;

/** What looking for changes needs. */
export interface ChangeDeps {
  /** The pool of the stores. */
  readonly client: Knex;
  readonly clock: Clock;
  readonly logger: LoggerService;
}

/**
 * Asks the database again and again how far the active run is, and adds the
 * ids of what has changed. Begins with EVERY_RUN, also after an error. Never
 * rejects; ends when the signal is aborted.
 */
export async function pollForChanges(
  { client, clock, logger }: ChangeDeps,
  pending: PendingIds,
  signal: AbortSignal,
): Promise<void> {
  let before: ReadonlyMap<string, string> | undefined;
  while (!signal.aborted) {
    try {
      const now = await readActiveRuns(client);
      for (const id of before ? changedIds(before, now) : [EVERY_RUN]) {
        pending.add(id);
      }
      before = now;
      await clock.sleep(POLL_INTERVAL_MS, signal);
    } catch (error) {
      before = undefined;
      logger.warn('Changes of runs are not known', { error: String(error) });
      await clock.sleep(POLL_RETRY_MS, signal);
    }
  }
}

/** The active run, if any, and how far it is. */
async function readActiveRuns(
  client: Knex,
): Promise<ReadonlyMap<string, string>> {
  const rows: { id: string }[] = await client('runs')
    .select('id', 'event', 'last_line', 'cancel_asked_by', 'owner', 'epoch')
    .whereNotNull('slot');
  return new Map(rows.map(row => [row.id, JSON.stringify(row)]));
}

function changedIds(
  before: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
): readonly string[] {
  return [...new Set([...before.keys(), ...now.keys()])].filter(
    id => before.get(id) !== now.get(id),
  );
}
