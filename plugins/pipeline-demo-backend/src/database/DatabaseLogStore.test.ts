import { mockServices } from '@backstage/backend-test-utils';
import { createSampleRun, sampleLines } from '../testing/sampleRuns';
import { logStoreContract } from '../testing/storeContracts';
import { DatabaseLogStore } from './DatabaseLogStore';
import { DatabaseRunStore } from './DatabaseRunStore';
import { createTestDatabases } from './__testUtils__/testDatabases';

const databases = createTestDatabases();

for (const [name, init] of databases) {
  logStoreContract(name, async () => {
    const database = mockServices.database({ knex: await init() });
    return {
      runs: await DatabaseRunStore.create({ database }),
      logs: await DatabaseLogStore.create({ database }),
    };
  });
}

describe.each(databases)('a page on %s', (_, init) => {
  it('loads little more than its lines, wherever it begins', async () => {
    const knex = await init();
    const database = mockServices.database({ knex });
    const runs = await DatabaseRunStore.create({ database });
    const logs = await DatabaseLogStore.create({ database });
    const { lease } = await createSampleRun(runs);
    await logs.append(lease, sampleLines(1, 20_000), new Map());

    let loaded = 0;
    knex.on('query-response', (response: { body?: string }[]) => {
      for (const { body } of response) {
        loaded += body ? JSON.parse(body).length : 0;
      }
    });
    for (const from of [1, 499, 10_250, 19_900]) {
      loaded = 0;
      await logs.read(lease.runId, { from, to: 20_000, limit: 100 });
      expect(loaded).toBeGreaterThanOrEqual(100);
      expect(loaded).toBeLessThanOrEqual(1000);
    }
  });
});
