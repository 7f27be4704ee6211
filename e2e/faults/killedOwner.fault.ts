import { expect } from '@playwright/test';
import { expectWholeLog } from './expectWhole.ts';
import { LiveViewer } from './LiveViewer.ts';
import { SHORT_LEASE, test } from './postgresFixtures.ts';
import { until } from './until.ts';

test('kill -9 of the owner, seen from the other one', async ({
  world,
  postgres,
}) => {
  world.tasks.perform({ generate: 'talk 0.05 3; real generate "$@"' });
  const options = { lease: SHORT_LEASE, database: postgres.config('postgres') };
  const owner = await (await world.start(options)).ready();
  const { run } = await world.api(owner).start(2);
  const api = world.api(await (await world.start(options)).ready());
  const viewer = new LiveViewer(run.id, () => api);
  await world.talking(run.id);
  await until('it sees lines of the owner', () => viewer.lines.length > 20);
  await owner.kill();
  await until('it has adopted the run', () => postgres.epoch() === 2);
  const seen = viewer.lines.length;
  await until('it sees lines of its own', () => viewer.lines.length > seen);
  world.tasks.enough();

  expect(await world.ended(api, run.id)).toMatchObject({ phase: 'succeeded' });
  await viewer.ended;
  const lines = await expectWholeLog(world, api, run.id, 'by themselves');
  expect(viewer.faults).toEqual([]);
  expect(viewer.lines.map(({ text }) => text)).toEqual(
    lines.map(({ text }) => text),
  );
  expect(world.processes(run.id)).toEqual([]);
});

test('kill -9 between lines and the point to go on from', async ({
  world,
  postgres,
}) => {
  world.tasks.perform({ generate: 'talk 0.05 3; real generate "$@"' });
  const options = { lease: SHORT_LEASE, database: postgres.config('postgres') };
  const owner = await (await world.start(options)).ready();
  let api = world.api(owner);
  const { run } = await api.start(2);
  const viewer = new LiveViewer(run.id, () => api);
  await world.talking(run.id);
  await until('lines arrive', () => viewer.lines.length > 0);

  const hold = await postgres.hold(
    'lock table resume_points in exclusive mode',
  );
  await until(
    'a write waits',
    () => postgres.waiting('postgres', 'resume_points') > 0,
  );
  await owner.kill();
  // What a viewer has seen is stored, whatever becomes of the rest.
  const [{ last_line: stored }] = postgres.rows('select last_line from runs');
  expect(viewer.lines.length).toBeLessThanOrEqual(Number(stored));
  await hold.release();

  const after = await (await world.start(options)).ready();
  api = world.api(after);
  world.tasks.enough();
  expect(await world.ended(api, run.id)).toMatchObject({ phase: 'succeeded' });
  await viewer.ended;
  const lines = await expectWholeLog(world, api, run.id, 'by themselves');
  expect(viewer.faults).toEqual([]);
  expect(viewer.lines.map(({ text }) => text)).toEqual(
    lines.map(({ text }) => text),
  );
});
