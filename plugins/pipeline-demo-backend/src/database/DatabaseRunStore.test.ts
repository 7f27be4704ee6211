import { mockServices } from '@backstage/backend-test-utils';
import { runStoreContract } from '../testing/storeContracts';
import { DatabaseRunStore } from './DatabaseRunStore';
import { createTestDatabases } from './__testUtils__/testDatabases';

const databases = createTestDatabases();

for (const [id] of databases.eachSupportedId()) {
  runStoreContract(id, async () =>
    DatabaseRunStore.create({
      database: mockServices.database({ knex: await databases.init(id) }),
    }),
  );
}
