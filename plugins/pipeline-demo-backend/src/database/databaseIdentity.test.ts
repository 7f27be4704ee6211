import { mockServices } from '@backstage/backend-test-utils';
import { createTestDatabases } from './__testUtils__/testDatabases';
import { databaseIdentity } from './databaseIdentity';

describe.each(createTestDatabases())('databaseIdentity on %s', (_, init) => {
  it('is the same for all who share a database, and of no other', async () => {
    const database = mockServices.database({ knex: await init() });
    const other = mockServices.database({ knex: await init() });
    const identities = await Promise.all([
      databaseIdentity(database),
      databaseIdentity(database),
    ]);
    expect(new Set(identities).size).toBe(1);
    expect(await databaseIdentity(other)).not.toBe(identities[0]);
  });
});
