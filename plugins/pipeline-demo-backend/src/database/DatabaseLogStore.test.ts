import { mockServices } from '@backstage/backend-test-utils';
import { logStoreContract } from '../testing/storeContracts';
import { DatabaseLogStore } from './DatabaseLogStore';
import { DatabaseRunStore } from './DatabaseRunStore';
import { createTestDatabases } from './__testUtils__/testDatabases';

const databases = createTestDatabases();

for (const [id] of databases.eachSupportedId()) {
  logStoreContract(id, async () => {
    const database = mockServices.database({ knex: await databases.init(id) });
    return {
      runs: await DatabaseRunStore.create({ database }),
      logs: await DatabaseLogStore.create({ database }),
    };
  });
}
