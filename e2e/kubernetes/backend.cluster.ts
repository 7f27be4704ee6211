import { setTimeout as sleep } from 'node:timers/promises';
import { expectSuccess } from './expectWhole.ts';
import { test } from './fixtures.ts';

const AWAY_MS = 30_000;

test.use({ options: { pace: '2' } });

test('the backend is killed in mid-run, and away for half a minute', async ({
  world,
}) => {
  const { backend, runId } = await world.startRun(3);
  await world.running('GENERATE:2');
  await backend.kill();
  await sleep(AWAY_MS);

  const api = world.backends.api(await (await world.backends.start()).ready());
  await expectSuccess(world, api, runId);
});
