import { expect } from '@playwright/test';
import { setTimeout as sleep } from 'node:timers/promises';
import { AMOUNTS } from './amounts.ts';
import { expectWholeLog } from './expectWhole.ts';
import { test } from './fixtures.ts';
import { LiveViewer } from './LiveViewer.ts';

/** A backend that is well is killed before this. */
const LONGEST_LIFE_MS = 1_000;
/** As many are killed while they start. */
const CHILD_DEATHS = 0.3;

test(`${AMOUNTS.randomKills} kills at random moments of one run`, async ({
  world,
}, info) => {
  const seed = Number(process.env.FAULTS_SEED ?? Date.now() % 1_000_000);
  info.annotations.push({ type: 'FAULTS_SEED', description: String(seed) });
  console.log(`FAULTS_SEED=${seed} npm run test:faults -- randomKills`);
  const random = randomFrom(seed);

  world.tasks.perform({ generate: 'talk 0.05 4; real generate "$@"' });
  const { backend, api: first, runId } = await world.startRun(3);
  let api = first;
  const viewer = new LiveViewer(runId, () => api);
  let living = backend;
  for (let kill = 1; kill <= AMOUNTS.randomKills; kill += 1) {
    // Most are killed young: then there is much to catch up with.
    await sleep(LONGEST_LIFE_MS * random() ** 2);
    await living.kill();
    living = await world.start();
    api = world.api(living);
    if (random() > CHILD_DEATHS) {
      await living.ready();
    }
  }
  await living.ready();
  world.tasks.enough();

  expect(await world.ended(api, runId)).toMatchObject({
    phase: 'succeeded',
    hasReport: true,
  });
  await viewer.ended;
  const lines = await expectWholeLog(world, api, runId, 'by themselves');
  expect(viewer.faults).toEqual([]);
  expect(viewer.lines.map(({ text }) => text)).toEqual(
    lines.map(({ text }) => text),
  );
  expect(world.processes(runId)).toEqual([]);
  expect(world.tasks.nonces(runId).size, 'one supervisor').toBe(1);
  expect(world.rows('select id from runs')).toEqual([{ id: runId }]);
});

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
