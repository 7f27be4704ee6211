import { mockServices } from '@backstage/backend-test-utils';
import {
  createEndedRun,
  createSampleRun,
  ending,
  sampleSpec,
} from '../testing/sampleRuns';
import { runStoreContract } from '../testing/storeContracts';
import { DatabaseRunStore } from './DatabaseRunStore';
import { writeRun } from './writeRun';
import {
  connectAgain,
  createSharedTestDatabases,
  createTestDatabases,
} from './__testUtils__/testDatabases';

const RACES = 100;
const RACES_TIMEOUT_MS = 60_000;
const PAUSE_TIMEOUT_MS = 60_000;

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

    it(
      'are not held up by one that stands still in the middle of a write',
      async () => {
        const knex = await init();
        const database = mockServices.database({ knex: connectAgain(knex) });
        const runs = await DatabaseRunStore.create({ database });
        const { run, lease } = await createSampleRun(runs, {}, 0);
        const [holding, hold] = latch();
        const [wake, wakeUp] = latch();
        const paused = writeRun(knex, lease, {
          expected: {},
          changes: { last_line: 7 },
          rest: () => {
            hold();
            return wake;
          },
        });
        await holding;
        const taken = await runs.takeLease(run.id, 'left', 60_000);
        expect(taken?.epoch).toBe(2);
        wakeUp();
        await expect(paused).rejects.toThrow(/connection/i);
        expect(await runs.get(run.id)).toEqual({ run, epoch: 2, lastLine: 0 });
      },
      PAUSE_TIMEOUT_MS,
    );

    it(
      'begin one run in each of 100 races, and attach to it',
      async () => {
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
      },
      RACES_TIMEOUT_MS,
    );
  });
}

/** A promise, and what resolves it. */
function latch(): [Promise<void>, () => void] {
  let open = () => {};
  const opened = new Promise<void>(resolve => {
    open = resolve;
  });
  return [opened, () => open()];
}
