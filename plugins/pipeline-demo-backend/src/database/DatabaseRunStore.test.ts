import { mockServices } from '@backstage/backend-test-utils';
import { createEndedRun, ending, sampleSpec } from '../testing/sampleRuns';
import { runStoreContract } from '../testing/storeContracts';
import { DatabaseRunStore } from './DatabaseRunStore';
import {
  connectAgain,
  createSharedTestDatabases,
  createTestDatabases,
} from './__testUtils__/testDatabases';

const RACES = 100;
const RACES_TIMEOUT_MS = 60_000;

for (const [name, init] of createTestDatabases()) {
  runStoreContract(name, async () =>
    DatabaseRunStore.create({
      database: mockServices.database({ knex: await init() }),
    }),
  );
}

// It may be an empty list: then there is no database that replicas can share.
for (const [name, init] of createSharedTestDatabases()) {
  describe(`two replicas on ${name}`, () => {
    it('start together on an empty database', async () => {
      const knex = await init();
      const stores = await Promise.all(
        [knex, connectAgain(knex), connectAgain(knex)].map(client =>
          DatabaseRunStore.create({
            database: mockServices.database({ knex: client }),
          }),
        ),
      );
      const run = await createEndedRun(stores[0]);
      expect((await stores[2].latest())?.run).toEqual(run);
    });

    it('begin one run in each of 100 races, and attach to it', async () => {
      const knex = await init();
      const [left, right] = await Promise.all(
        [knex, connectAgain(knex)].map(client =>
          DatabaseRunStore.create({
            database: mockServices.database({ knex: client }),
          }),
        ),
      );
      const begin = (store: DatabaseRunStore, owner: string) =>
        store.create(sampleSpec(), { owner, leaseMs: 60_000 });
      for (let race = 0; race < RACES; race++) {
        const results = await Promise.all([
          begin(left, 'left'),
          begin(right, 'right'),
        ]);
        const created = results.find(({ type }) => type === 'created');
        expect(results.map(({ type }) => type).sort()).toEqual([
          'active',
          'created',
        ]);
        expect(results[0].stored).toEqual(results[1].stored);
        if (created?.type === 'created') {
          const { events, snapshot } = ending(created.stored.run);
          await right.append(created.lease, events, snapshot);
        }
      }
      const { runs } = await left.history({ limit: 100 });
      expect(runs).toHaveLength(RACES);
    }, RACES_TIMEOUT_MS);
  });
}
