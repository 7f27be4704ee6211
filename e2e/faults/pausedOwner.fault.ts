import { expect } from '@playwright/test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AMOUNTS } from './amounts.ts';
import { expectWholeLog } from './expectWhole.ts';
import type { Postgres } from './Postgres.ts';
import { SHORT_LEASE, test } from './postgresFixtures.ts';
import { until } from './until.ts';

/** After a pause longer than this, a lease that could not be renewed ends in two seconds. */
const LONG_LEASE = '30 seconds';

test('an owner that stands still for longer than its lease', async ({
  world,
  postgres,
}) => {
  world.tasks.perform({ generate: 'talk 0.05 3; real generate "$@"' });
  // The database tells by these names who has written what.
  const [one, two] = ['sleeper', 'successor'].map(who => {
    postgres.createUser(who);
    return { lease: SHORT_LEASE, database: postgres.config(who) };
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
    () => postgres.epoch() === 2,
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
  expect(postgres.epoch()).toBe(2);
  expect(world.processes(run.id)).toEqual([]);
});

test('an owner that stands still until its run has ended', async ({
  world,
  postgres,
}) => {
  world.tasks.perform({ generate: 'talk 0.05 3; real generate "$@"' });
  const options = { lease: SHORT_LEASE, database: postgres.config('postgres') };
  const sleeper = await (await world.start(options)).ready();
  const { run } = await world.api(sleeper).start(2);
  await world.talking(run.id);
  const api = world.api(await (await world.start(options)).ready());

  sleeper.signal('SIGSTOP');
  await until(
    'the other one has adopted the run',
    () => postgres.epoch() === 2,
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

test('an owner that wakes while its successor sleeps', async ({
  world,
  postgres,
}) => {
  // Quiet, until the test wants more.
  world.tasks.perform({
    generate: `
      for number in {1..9}; do say "$PIPELINE_DEMO_TASK says $number at once"; done
      until [[ -e $world/more ]]; do nap 0.05; done
      talk 0.05 3; real generate "$@"`,
  });
  const [one, two] = ['sleeper', 'successor'].map(who => {
    postgres.createUser(who);
    return { lease: LONG_LEASE, database: postgres.config(who) };
  });
  const sleeper = await (await world.start(one)).ready();
  const { run } = await world.api(sleeper).start(2);
  await world.talking(run.id);
  const successor = await (await world.start(two)).ready();
  const said = [...world.tasks.written(run.id).values()];
  await until(
    'all of it is stored',
    () => storedLines(postgres) > said.length * 10,
  );
  sleeper.signal('SIGSTOP');
  await until(
    'the other one has written that it took over',
    () =>
      postgres.rows(`select 1 from run_events where body like '%TakenOver%'`)
        .length > 0,
  );
  successor.signal('SIGSTOP');
  writeFileSync(join(world.folder, 'more'), '');
  await until('there is more', () => {
    const now = [...world.tasks.written(run.id).values()];
    return now.every((book, index) => book.length > 2 * said[index].length);
  });

  // Nothing has been written since, so only the epoch is in its way.
  const before = everything(postgres);
  const hold = await postgres.hold('lock table runs in exclusive mode');
  sleeper.signal('SIGCONT');
  await until(
    'it tries to write',
    () => postgres.waiting('sleeper', 'last_line') > 0,
  );
  await hold.release();
  await until('it sees that it is no longer the owner', () =>
    /"end":"lost"/.test(sleeper.output()),
  );
  expect(everything(postgres)).toEqual(before);

  successor.signal('SIGCONT');
  world.tasks.enough();
  const api = world.api(successor);
  expect(await world.ended(api, run.id)).toMatchObject({ phase: 'succeeded' });
  await expectWholeLog(world, api, run.id, 'by themselves');
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

function storedLines(postgres: Postgres): number {
  return Number(postgres.rows('select last_line from runs')[0].last_line);
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
