import { TestDatabases } from '@backstage/backend-test-utils';

/**
 * SQLite, and each PostgreSQL that a variable like
 * BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING names. None is started
 * for the tests.
 */
export function createTestDatabases(): TestDatabases {
  return TestDatabases.create({
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
}
