import { expect } from '@playwright/test';
import type { BackendProcess } from './BackendProcess.ts';
import { expectWholeLog } from './expectWhole.ts';
import { test } from './postgresFixtures.ts';
import { until } from './until.ts';

/** Longer than the test: whoever takes over before has been handed the lease. */
const LONG_LEASE = '5 minutes';

const LIVENESS = '/.backstage/health/v1/liveness';
const READINESS = '/.backstage/health/v1/readiness';

test('a process that is told to stop hands its run over, and says goodbye', async ({
  world,
  postgres,
}) => {
  world.tasks.perform({ generate: 'talk 0.05 3; real generate "$@"' });
  const options = {
    lease: LONG_LEASE,
    database: postgres.config('postgres'),
  };
  const owner = await (await world.start(options)).ready();
  const { run } = await world.api(owner).start(2);
  const successor = await (await world.start(options)).ready();
  await world.talking(run.id);
  expect(await statuses(owner)).toEqual([200, 200]);
  const messages: { readonly type: string }[] = [];
  const stream = world.api(owner).openStream(run.id, 0, 0);
  const closed = new Promise<number>(resolve => {
    stream.onclose = ({ code }) => resolve(code);
  });
  stream.onmessage = ({ data }) => messages.push(JSON.parse(String(data)));
  await until('lines come', () =>
    messages.some(({ type }) => type === 'lines'),
  );

  const toldAt = performance.now();
  const stopped = owner.stop();
  await until('the other one drives the run', () => postgres.epoch() === 2);
  const tookMs = performance.now() - toldAt;
  expect(await stopped).toBe(0);
  expect(await closed).toBe(1012);
  expect(messages.at(-1)).toMatchObject({
    type: 'bye',
    name: 'ServiceUnavailableError',
    retryAfterMs: expect.any(Number),
  });
  console.log(`Taken over after ${Math.round(tookMs)} ms.`);

  world.tasks.enough();
  const api = world.api(successor);
  expect(await world.ended(api, run.id)).toMatchObject({ phase: 'succeeded' });
  await expectWholeLog(world, api, run.id, 'by themselves');
  expect(postgres.epoch()).toBe(2);

  // Logs are objects, and all that is said of keeping it names run and epoch.
  expect(kept(owner)).toEqual([
    { runId: run.id, epoch: 1 },
    { runId: run.id, epoch: 1 },
  ]);
  expect(kept(successor)).toEqual([
    { runId: run.id, epoch: 2 },
    { runId: run.id, epoch: 2 },
  ]);
});

/** What its log says of the begin and the end of its keeping. */
function kept(backend: BackendProcess): readonly object[] {
  return backend
    .output()
    .split('\n')
    .filter(line => /eeping the run"/.test(line))
    .map(line => {
      const { runId, epoch } = JSON.parse(line);
      return { runId, epoch };
    });
}

async function statuses(backend: BackendProcess): Promise<readonly number[]> {
  return Promise.all(
    [LIVENESS, READINESS].map(
      async path => (await fetch(backend.url + path)).status,
    ),
  );
}
