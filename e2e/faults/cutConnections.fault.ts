import { expect } from '@playwright/test';
import { setTimeout as sleep } from 'node:timers/promises';
import { expectWholeLog } from './expectWhole.ts';
import { LiveViewer } from './LiveViewer.ts';
import { test } from './postgresFixtures.ts';
import { until } from './until.ts';

const CUTS = 20;
const BETWEEN_MS = 300;

test('all connections to PostgreSQL are cut, again and again', async ({
  world,
  postgres,
}) => {
  world.tasks.perform({ generate: 'talk 0.02 3; real generate "$@"' });
  // They share nothing but the database; one drives the run, and both show it.
  const options = { database: postgres.config('postgres') };
  const owner = await (await world.start(options)).ready();
  const api = world.api(owner);
  const { run } = await api.start(3);
  const other = world.api(await (await world.start(options)).ready());
  const viewers = [api, other].map(seen => new LiveViewer(run.id, () => seen));
  await world.talking(run.id);
  await until('both see it', () =>
    viewers.every(({ lines }) => lines.length > 0),
  );

  let cut = 0;
  for (let times = 1; times <= CUTS; times += 1) {
    cut += postgres.cutConnections();
    await sleep(BETWEEN_MS);
  }
  expect(cut).toBeGreaterThan(CUTS);
  world.tasks.enough();

  expect(await world.ended(api, run.id)).toMatchObject({
    phase: 'succeeded',
    hasReport: true,
  });
  await Promise.all(viewers.map(({ ended }) => ended));
  const lines = await expectWholeLog(world, api, run.id, 'by themselves');
  for (const { faults, lines: seen } of viewers) {
    expect(faults).toEqual([]);
    expect(seen.map(({ text }) => text)).toEqual(lines.map(({ text }) => text));
  }
  expect(world.processes(run.id)).toEqual([]);
});
