import { mockServices } from '@backstage/backend-test-utils';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import knexFactory, { type Knex } from 'knex';
import { createSampleRun } from '../testing/sampleRuns';
import { DatabaseRunStore } from './DatabaseRunStore';
import { openDatabase } from './openDatabase';
import { createTestDatabases } from './__testUtils__/testDatabases';

const directory = resolvePackagePath(
  'backstage-plugin-pipeline-demo-backend',
  'migrations',
);

describe.each(createTestDatabases())('migrations on %s', (_, init) => {
  let client: Knex;
  beforeEach(async () => {
    client = await init();
  });

  it('go up, down and up again, and leave nothing behind', async () => {
    const empty = await describeSchema(client);
    await client.migrate.latest({ directory });
    const full = await describeSchema(client);
    expect(full).toEqual(
      expect.arrayContaining([
        'identity',
        'log_chunks',
        'pruned_runs',
        'resume_points',
        'run_events',
        'runs',
        'runs_slot_uniq',
      ]),
    );
    await client.migrate.rollback({ directory }, true);
    expect((await describeSchema(client)).filter(isOurs)).toEqual(empty);
    await client.migrate.latest({ directory });
    expect(await describeSchema(client)).toEqual(full);
  });

  it('allow one active run, whoever writes it', async () => {
    const runs = await DatabaseRunStore.create({
      database: mockServices.database({ knex: client }),
    });
    const { run } = await createSampleRun(runs);
    const row = await client('runs').where({ id: run.id }).first();
    await expect(
      client('runs').insert({ ...row, id: 'another' }),
    ).rejects.toThrow(/unique/i);
    for (const another of ['ended-1', 'ended-2']) {
      await client('runs').insert({ ...row, id: another, slot: null });
    }
  });

  it('number the runs that are there already, by their times', async () => {
    await client.migrate.up({ directory, name: '20261124000000_init.js' });
    const row = {
      phase: 'succeeded',
      engine: 'local',
      batch_count: 1,
      created_by: 'user:default/guest',
      event: 1,
      last_line: 0,
      snapshot: '{}',
      owner: '',
      epoch: 1,
      lease_until: 0,
    };
    for (const [id, created_at] of [
      ['b', 2000],
      ['a', 2000],
      ['c', 1000],
    ]) {
      await client('runs').insert({ ...row, id, created_at });
    }
    await client.migrate.latest({ directory });
    const runs = await client('runs').select('id').orderBy('number');
    expect(runs.map(({ id }) => id)).toEqual(['c', 'a', 'b']);

    await client.migrate.rollback({ directory }, true);
    expect((await describeSchema(client)).filter(isOurs)).toEqual([]);
  });

  it('run once when several stores open together', async () => {
    await Promise.all(
      Array.from({ length: 4 }, () =>
        openDatabase(mockServices.database({ knex: client })),
      ),
    );
    const names: { name: string }[] = await client('knex_migrations');
    expect(new Set(names.map(({ name }) => name)).size).toBe(names.length);
  });

  it('are left alone when the portal migrates by itself', async () => {
    await openDatabase(
      mockServices.database({ knex: client, migrations: { skip: true } }),
    );
    expect((await describeSchema(client)).filter(isOurs)).toEqual([]);
  });
});

it('refuses a database that is neither SQLite nor PostgreSQL', async () => {
  const knex = knexFactory({ client: 'mysql2' });
  await expect(openDatabase(mockServices.database({ knex }))).rejects.toThrow(
    'in SQLite (better-sqlite3) or PostgreSQL (pg), not in mysql',
  );
});

function isOurs(name: string): boolean {
  return !/knex|sqlite_/.test(name);
}

/** Names of all tables, indexes, functions and triggers. */
async function describeSchema(client: Knex): Promise<string[]> {
  const query =
    client.client.dialect === 'sqlite3'
      ? client('sqlite_master').select('name')
      : client
          .select('relname as name')
          .from('pg_class')
          .whereRaw('relnamespace = current_schema()::regnamespace')
          .unionAll([
            client
              .select('proname as name')
              .from('pg_proc')
              .whereRaw('pronamespace = current_schema()::regnamespace'),
            client
              .select('tgname as name')
              .from('pg_trigger')
              .whereRaw('not tgisinternal'),
          ]);
  const rows: { name: string }[] = await query;
  return rows.map(({ name }) => name).sort();
}
