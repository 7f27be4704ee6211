import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { systemClock } from '../SystemClock';
import { EVERY_RUN } from '../ports/ChangeFeed';
import type { Clock } from '../ports/Clock';
import {
  LONG_LEASE_MS,
  createSampleRun,
  ending,
  launched,
  sampleLines,
} from '../testing/sampleRuns';
import { DatabaseChangeFeed } from './DatabaseChangeFeed';
import { DatabaseLogStore } from './DatabaseLogStore';
import { DatabaseRunStore } from './DatabaseRunStore';
import { PendingIds } from './PendingIds';
import { listenForChanges } from './listenForChanges';
import { pollForChanges } from './pollForChanges';
import {
  connectAgain,
  createSharedTestDatabases,
  createTestDatabases,
} from './__testUtils__/testDatabases';

const logger = mockServices.logger.mock();
/** Waits as long as it must to let others work. */
const hasty: Clock = {
  now: systemClock.now,
  sleep: (_, signal) => systemClock.sleep(1, signal),
};
const NO_LINES: ReadonlyMap<string, string> = new Map();

/** A backend process's view of the database. */
async function open(knex: Knex) {
  const database = mockServices.database({ knex });
  return {
    runs: await DatabaseRunStore.create({ database }),
    logs: await DatabaseLogStore.create({ database }),
    feed: await DatabaseChangeFeed.create({
      database,
      clock: systemClock,
      logger,
    }),
  };
}

type Stores = Awaited<ReturnType<typeof open>>;

/** Makes one change after the other, and expects to be told of each. */
async function expectToldOfEachChange(
  { runs, logs }: Stores,
  next: () => Promise<string>,
): Promise<void> {
  const { run, lease } = await createSampleRun(runs);
  expect(await next()).toBe(run.id);
  const first = launched(run);
  const last = ending(first.snapshot);
  let renewed = lease;
  const changes: (() => Promise<unknown>)[] = [
    () => runs.append(lease, first.events, first.snapshot),
    () => logs.append(lease, sampleLines(1, 2), NO_LINES),
    () => runs.askCancel(run.id, 'user:default/me'),
    () => runs.releaseLease(lease),
    async () => {
      const taken = await runs.takeLease(run.id, 'other', LONG_LEASE_MS);
      renewed = taken!;
    },
    () => runs.append(renewed, last.events, last.snapshot),
  ];
  for (const change of changes) {
    await change();
    expect(await next()).toBe(run.id);
  }
}

function nextOf(ids: AsyncIterator<string>): () => Promise<string> {
  return async () => (await ids.next()).value;
}

describe.each(createTestDatabases())('the feed on %s', (_, init) => {
  it('begins with every run, and ends when it is told to', async () => {
    const { feed } = await open(await init());
    const stop = new AbortController();
    const ids: string[] = [];
    for await (const id of feed.watch(stop.signal)) {
      ids.push(id);
      stop.abort();
    }
    expect(ids).toEqual([EVERY_RUN]);
    for await (const id of feed.watch(stop.signal)) {
      ids.push(id);
    }
    expect(ids).toEqual([EVERY_RUN]);
  });

  it('ends when its reader leaves', async () => {
    const { feed } = await open(await init());
    for await (const id of feed.watch(new AbortController().signal)) {
      expect(id).toBe(EVERY_RUN);
      break;
    }
  });

  it('tells of each change when it has to poll', async () => {
    const knex = await init();
    const stores = await open(knex);
    const stop = new AbortController();
    const pending = PendingIds.create();
    const polling = pollForChanges(
      { client: knex, clock: hasty, logger },
      pending,
      stop.signal,
    );
    const next = async () => (await pending.take(stop.signal)).join();
    expect(await next()).toBe(EVERY_RUN);
    await expectToldOfEachChange(stores, next);
    stop.abort();
    await polling;
  });
});

for (const [name, init] of createSharedTestDatabases()) {
  describe(`the feed of another replica on ${name}`, () => {
    it('tells of each change at once', async () => {
      const knex = await init();
      const here = await open(knex);
      const there = await open(connectAgain(knex));
      const stop = new AbortController();
      const ids = there.feed.watch(stop.signal);
      const next = nextOf(ids);
      expect(await next()).toBe(EVERY_RUN);
      await expectToldOfEachChange(here, next);
      stop.abort();
      expect((await ids.next()).done).toBe(true);
    });

    it('is silent about a lease that is renewed', async () => {
      const knex = await init();
      const { runs, feed } = await open(knex);
      const { run, lease } = await createSampleRun(runs);
      const stop = new AbortController();
      const next = nextOf(feed.watch(stop.signal));
      expect(await next()).toBe(EVERY_RUN);
      await runs.renewLease(lease, LONG_LEASE_MS);
      await knex.raw("select pg_notify('pipeline_demo', 'sentinel')");
      expect(await next()).toBe('sentinel');
      await runs.askCancel(run.id, 'user:default/me');
      expect(await next()).toBe(run.id);
      stop.abort();
    });

    it('says every run when its connection was lost, and goes on', async () => {
      const knex = await init();
      const { runs, feed } = await open(knex);
      const stop = new AbortController();
      const next = nextOf(feed.watch(stop.signal));
      expect(await next()).toBe(EVERY_RUN);
      await knex.raw(
        "select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen pipeline_demo'",
      );
      expect(await next()).toBe(EVERY_RUN);
      const { run } = await createSampleRun(runs);
      expect(await next()).toBe(run.id);
      stop.abort();
    });

    it('polls when it cannot connect, and says so once', async () => {
      const [here, elsewhere] = [await init(), await init()];
      // The one connection that is open stays open; another is refused.
      const { runs } = await open(connectAgain(here, { min: 1, max: 1 }));
      const feed = await DatabaseChangeFeed.create({
        database: mockServices.database({
          knex: connectAgain(here, { min: 1, max: 1 }),
        }),
        clock: hasty,
        logger,
      });
      const { database } = here.client.config.connection;
      await elsewhere.raw('alter database ?? allow_connections false', [
        database,
      ]);

      const warn = jest.spyOn(logger, 'warn').mockClear();
      const stop = new AbortController();
      const next = nextOf(feed.watch(stop.signal));
      expect(await next()).toBe(EVERY_RUN);
      const { run } = await createSampleRun(runs);
      expect(await next()).toBe(run.id);
      expect(warn.mock.calls).toEqual([
        [
          'Runs are polled for changes',
          {
            reason: expect.stringContaining(
              'not currently accepting connections',
            ),
          },
        ],
      ]);
      stop.abort();
    });

    it('gives up listening when announcements do not come through', async () => {
      const pending = PendingIds.create();
      const { config } = (await init()).client;
      const elsewhere = await init();
      const onListening = jest.fn();
      expect(
        await listenForChanges(
          { client: elsewhere, config, clock: hasty, logger },
          onListening,
          pending,
          new AbortController().signal,
        ),
      ).toBe('Announcements do not come through');
      expect(onListening).not.toHaveBeenCalled();
    });
  });
}
