import {
  TestDatabases,
  createMockDirectory,
} from '@backstage/backend-test-utils';
import knexFactory, { type Knex } from 'knex';

/** A kind of database, and how to get a new, empty one. */
export type TestDatabase = readonly [name: string, init: () => Promise<Knex>];

/**
 * SQLite in memory and in a file, and each PostgreSQL that a variable like
 * BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING names. No server is
 * started for the tests.
 */
export function createTestDatabases(): readonly TestDatabase[] {
  const databases = TestDatabases.create({
    ids: [
      'SQLITE_3',
      'POSTGRES_14',
      'POSTGRES_15',
      'POSTGRES_16',
      'POSTGRES_17',
      'POSTGRES_18',
    ],
    disableDocker: true,
  });
  return [
    ...databases
      .eachSupportedId()
      .map(([id]): TestDatabase => [id, () => databases.init(id)]),
    ['SQLITE_3 in a file', createFileDatabases()],
  ];
}

/** The PostgreSQL ones of them: those that several processes can share. */
export function createSharedTestDatabases(): readonly TestDatabase[] {
  return createTestDatabases().filter(([name]) => name.startsWith('POSTGRES'));
}

/** A pool of its own on the same database, as another process has it. */
export function connectAgain(
  client: Knex,
  pool: Knex.PoolConfig = client.client.config.pool,
): Knex {
  const another = knexFactory({ ...client.client.config, pool });
  connectedAgain.add(another);
  return another;
}

const connectedAgain = new Set<Knex>();

afterAll(async () => {
  for (const client of connectedAgain) {
    await client.destroy();
  }
});

function createFileDatabases(): () => Promise<Knex> {
  const clients: Knex[] = [];
  // Hooks run in the reverse order: files are closed before they are removed.
  const directory = createMockDirectory();
  afterAll(async () => {
    for (const client of clients) {
      await client.destroy();
    }
  });
  return async () => {
    const client = knexFactory({
      client: 'better-sqlite3',
      connection: { filename: directory.resolve(`${clients.length}.sqlite`) },
      useNullAsDefault: true,
    });
    clients.push(client);
    return client;
  };
}
