import { randomUUID } from 'node:crypto';
import knexFactory, { type Knex } from 'knex';
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
 * Adds the ids that PostgreSQL announces for as long as it can: until the
 * connection ends, until announcements do not come through it (a pooler
 * between us and the database takes LISTEN and delivers nothing), or until
 * the signal is aborted. Never rejects.
 *
 * @param onListening - called once, when announcements are known to arrive
 * @returns why it does not listen any more
 */
export async function listenForChanges(
  deps: ListenDeps,
  onListening: () => void,
  pending: PendingIds,
  signal: AbortSignal,
): Promise<string> {
  // A connection outside the pool, which it would take one of for ever; made
  // by Knex, since it knows how to renew a password that expires.
  const own = knexFactory({
    ...deps.config,
    pool: { min: 0, max: 1 },
    acquireConnectionTimeout: CONNECT_TIMEOUT_MS,
    // Knex would print what is returned as the reason.
    log: { warn: message => deps.logger.debug(String(message)) },
  });
  try {
    const connection: ListeningConnection =
      await own.client.acquireConnection();
    try {
      return await listen(deps, connection, onListening, pending, signal);
    } finally {
      await own.client.releaseConnection(connection);
    }
  } catch (error) {
    return String(error);
  } finally {
    await own.destroy();
  }
}

async function listen(
  deps: ChangeDeps,
  connection: ListeningConnection,
  onListening: () => void,
  pending: PendingIds,
  signal: AbortSignal,
): Promise<string> {
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
      return 'Announcements do not come through';
    }
    if (!proven) {
      proven = true;
      onListening();
    }
    await deps.clock.sleep(PROBE_INTERVAL_MS, either);
  }
  return 'The connection has ended';
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
