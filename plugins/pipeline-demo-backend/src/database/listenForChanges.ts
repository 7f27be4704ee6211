import { randomUUID } from 'node:crypto';
import knexFactory, { type Knex } from 'knex';
import { EVERY_RUN } from '../ports/ChangeFeed';
import type { PendingIds } from './PendingIds';
import type { ChangeDeps } from './pollForChanges';

/** Named after the plugin; the migration that announces changes names it too. */
const CHANNEL = 'pipeline_demo';

const CONNECT_TIMEOUT_MS = 5_000;
const PROBE_INTERVAL_MS = 10_000;
const PROBE_TIMEOUT_MS = 2_000;

/** What begins like this is no run's id, but the sign of life of some replica. */
const PROBE_PREFIX = 'probe:';

/** What listening needs beside what polling needs. */
export interface ListenDeps extends ChangeDeps {
  /** Of the pool: how to make a connection of our own. */
  readonly config: Knex.Config;
}

/** As much of a `pg` client as is needed here. */
interface ListeningConnection {
  query(sql: string): Promise<unknown>;
  on(
    event: 'notification',
    listener: (notification: { readonly payload?: string }) => void,
  ): void;
  on(event: 'error' | 'end', listener: () => void): void;
}

/**
 * Adds the ids that PostgreSQL announces, beginning with EVERY_RUN, for as
 * long as it can: until the connection ends, until announcements do not come
 * through it (a pooler between us and the database takes LISTEN and delivers
 * nothing), or until the signal is aborted. Never throws.
 */
export async function listenForChanges(
  deps: ListenDeps,
  pending: PendingIds,
  signal: AbortSignal,
): Promise<void> {
  // A connection outside the pool, which it would take one of for ever; made
  // by Knex, since it knows how to renew a password that expires.
  const own = knexFactory({
    ...deps.config,
    pool: { min: 0, max: 1 },
    acquireConnectionTimeout: CONNECT_TIMEOUT_MS,
  });
  try {
    const connection: ListeningConnection =
      await own.client.acquireConnection();
    try {
      await listen(deps, connection, pending, signal);
    } finally {
      await own.client.releaseConnection(connection);
    }
  } catch (error) {
    deps.logger.warn('Changes of runs are not announced', {
      error: String(error),
    });
  } finally {
    await own.destroy();
  }
}

async function listen(
  deps: ChangeDeps,
  connection: ListeningConnection,
  pending: PendingIds,
  signal: AbortSignal,
): Promise<void> {
  const lost = new AbortController();
  const either = AbortSignal.any([signal, lost.signal]);
  const probes = new Map<string, () => void>();
  connection.on('error', () => lost.abort());
  connection.on('end', () => lost.abort());
  connection.on('notification', ({ payload = '' }) => {
    if (payload.startsWith(PROBE_PREFIX)) {
      probes.get(payload)?.();
    } else {
      pending.add(payload);
    }
  });
  await connection.query(`listen ${CHANNEL}`);
  let proven = false;
  while (!either.aborted) {
    if (!(await probe(deps, probes, either))) {
      deps.logger.warn('Announcements do not come through', { proven });
      return;
    }
    if (!proven) {
      proven = true;
      pending.add(EVERY_RUN);
    }
    await deps.clock.sleep(PROBE_INTERVAL_MS, either);
  }
}

/** Announces something through the pool. @returns whether it came back in time */
async function probe(
  { client, clock }: ChangeDeps,
  probes: Map<string, () => void>,
  signal: AbortSignal,
): Promise<boolean> {
  const id = `${PROBE_PREFIX}${randomUUID()}`;
  const done = new AbortController();
  let arrived = false;
  probes.set(id, () => {
    arrived = true;
    done.abort();
  });
  await client.raw('select pg_notify(?, ?)', [CHANNEL, id]);
  await clock.sleep(PROBE_TIMEOUT_MS, AbortSignal.any([signal, done.signal]));
  probes.delete(id);
  return arrived || signal.aborted;
}
