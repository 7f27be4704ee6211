import { expect } from '@playwright/test';
import { setTimeout as sleep } from 'node:timers/promises';
import { AMOUNTS } from './amounts.ts';
import { expectWholeLog } from './expectWhole.ts';
import { test as base } from './fixtures.ts';
import { Postgres, type Server } from './Postgres.ts';
import { until } from './until.ts';

/** The shortest that can be configured. */
const LEASE = '5 seconds';

/** Two replicas are two processes that share a database and a work directory. */
const test = base.extend<{ postgres: Postgres }, { server: Server }>({
  server: [
    async ({}, use) => {
      const { startPostgres } = await import(
        '../../scripts/tests/startPostgres.mjs'
      );
      const server = await startPostgres();
      await use(server);
      server.stop();
    },
    { scope: 'worker' },
  ],
  postgres: async ({ server }, use, { testId }) => {
    await use(new Postgres(server, `faults_${testId.replaceAll('-', '_')}_`));
  },
});

test(`${AMOUNTS.races} races of two starts`, async ({ world, postgres }) => {
  world.tasks.perform({ generate: ':', analyze: ':', report: ':' });
  const database = postgres.config('postgres');
  const backends = [
    await world.start({ database }),
    await world.start({ database }),
  ];
  const apis = await Promise.all(
    backends.map(async backend => world.api(await backend.ready())),
  );
  const results: string[] = [];
  for (let race = 1; race <= AMOUNTS.races; race += 1) {
    const answers = await Promise.all(apis.map(api => api.start(1)));
    const active = postgres.rows(
      'select id, owner from runs where slot is not null',
    );
    const [runId] = new Set(answers.map(({ run }) => run.id));
    results.push(
      answers
        .map(
          ({ status, attached }) => `${status}${attached ? ' attached' : ''}`,
        )
        .toSorted()
        .join(', '),
    );
    expect(new Set(answers.map(({ run }) => run.id)).size, 'runs').toBe(1);
    expect(active.length).toBeLessThanOrEqual(1);
    expect(postgres.rows('select id from runs')).toHaveLength(race);
    await world.ended(apis[race % 2], runId);
    expect(world.tasks.nonces(runId).size, 'supervisors').toBe(1);
  }
  expect(new Set(results)).toEqual(new Set(['200 attached, 201']));
  expect(results).toHaveLength(AMOUNTS.races);
  expect(postgres.rows(`select distinct phase, epoch from runs`)).toEqual([
    { phase: 'succeeded', epoch: 1 },
  ]);
  // Both have won some.
  expect(postgres.rows('select distinct owner from runs')).toHaveLength(2);
});

test('an owner that stands still for longer than its lease', async ({
  world,
  postgres,
}) => {
  world.tasks.perform({ generate: 'talk 0.05 3; real generate "$@"' });
  // The database tells by these names who has written what.
  const [one, two] = ['sleeper', 'successor'].map(who => {
    postgres.createUser(who);
    return { lease: LEASE, database: postgres.config(who) };
  });
  const sleeper = await (await world.start(one)).ready();
  const { run } = await world.api(sleeper).start(2);
  await world.talking(run.id);
  const successor = await (await world.start(two)).ready();
  watchWrites(postgres);

  sleeper.signal('SIGSTOP');
  const stopped = performance.now();
  await until(
    'the other one has adopted the run',
    () => epochOf(postgres) === 2,
  );
  await sleep(Math.max(0, AMOUNTS.pauseMs - (performance.now() - stopped)));
  const writtenBefore = writes(postgres, 'sleeper');
  sleeper.signal('SIGCONT');
  await until('the first one sees that it is no longer the owner', () =>
    /"end":"lost"/.test(sleeper.output()),
  );
  // It has been awake for as long as the other one wrote on.
  const written = writes(postgres, 'successor');
  await until(
    'the other one goes on',
    () => writes(postgres, 'successor') > written + 20,
  );
  world.tasks.enough();

  const api = world.api(successor);
  expect(await world.ended(api, run.id)).toMatchObject({ phase: 'succeeded' });
  expect(writes(postgres, 'sleeper')).toBe(writtenBefore);
  await expectWholeLog(world, api, run.id, 'by themselves');
  await expectWholeLog(world, world.api(sleeper), run.id, 'by themselves');
  expect(epochOf(postgres)).toBe(2);
  expect(world.processes(run.id)).toEqual([]);
});

test('an owner that stands still until its run has ended', async ({
  world,
  postgres,
}) => {
  world.tasks.perform({ generate: 'talk 0.05 3; real generate "$@"' });
  const options = { lease: LEASE, database: postgres.config('postgres') };
  const sleeper = await (await world.start(options)).ready();
  const { run } = await world.api(sleeper).start(2);
  await world.talking(run.id);
  const api = world.api(await (await world.start(options)).ready());

  sleeper.signal('SIGSTOP');
  await until(
    'the other one has adopted the run',
    () => epochOf(postgres) === 2,
  );
  world.tasks.enough();
  expect(await world.ended(api, run.id)).toMatchObject({ phase: 'succeeded' });
  const before = everything(postgres);
  sleeper.signal('SIGCONT');
  await until('it sees that it is no longer the owner', () =>
    /"end":"lost"/.test(sleeper.output()),
  );

  expect(everything(postgres)).toEqual(before);
  await expectWholeLog(world, api, run.id, 'by themselves');
});

test('kill -9 of the owner', async ({ world, postgres }) => {
  world.tasks.perform({ generate: 'talk 0.05 3; real generate "$@"' });
  const options = { lease: LEASE, database: postgres.config('postgres') };
  const owner = await (await world.start(options)).ready();
  const { run } = await world.api(owner).start(2);
  await world.talking(run.id);
  const api = world.api(await (await world.start(options)).ready());
  await owner.kill();
  await until(
    'the other one has adopted the run',
    () => epochOf(postgres) === 2,
  );
  world.tasks.enough();

  expect(await world.ended(api, run.id)).toMatchObject({ phase: 'succeeded' });
  await expectWholeLog(world, api, run.id, 'by themselves');
  expect(world.processes(run.id)).toEqual([]);
});

/** Every row that is written from now on is counted for who wrote it. */
function watchWrites(postgres: Postgres): void {
  postgres.run(`
    create table writes (who text not null);
    create function count_write() returns trigger language plpgsql as
      $$ begin insert into writes values (current_user); return null; end $$;
    ${['runs', 'run_events', 'log_chunks', 'resume_points']
      .map(
        table => `create trigger count_write after insert or update or delete
          on ${table} for each row execute function count_write();`,
      )
      .join('\n')}`);
}

function writes(postgres: Postgres, who: string): number {
  const [{ count }] = postgres.rows(
    `select count(*) from writes where who = '${who}'`,
  );
  return Number(count);
}

function epochOf(postgres: Postgres): unknown {
  return postgres.rows('select epoch from runs')[0].epoch;
}

/** All that is stored of runs; leases move while somebody lives. */
function everything(postgres: Postgres): object {
  return Object.fromEntries(
    ['runs', 'run_events', 'log_chunks', 'resume_points'].map(table => [
      table,
      postgres.rows(`select * from ${table} order by 1, 2`),
    ]),
  );
}
