import { expect } from '@playwright/test';
import { globSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectWholeLog } from './expectWhole.ts';
import { test } from './fixtures.ts';
import { leaveOut } from './leaveOut.ts';
import { until } from './until.ts';

/** Debian's libfaketime; the machine's own clock is left alone. */
const [LIBRARY] = globSync('/usr/lib/*/faketime/libfaketimeMT.so.1');
const BACK_S = 60;

test('the clock of all processes is set back a minute', async ({ world }) => {
  leaveOut(LIBRARY === undefined, 'apt-get install libfaketime');
  const clock = join(world.folder, 'clock');
  const variables = {
    LD_PRELOAD: LIBRARY,
    FAKETIME_TIMESTAMP_FILE: clock,
    FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  };
  writeFileSync(clock, '+0');
  world.supervisors.give(variables);
  world.tasks.perform({ generate: 'talk 0.05 3; real generate "$@"' });
  const before = await (await world.start({ env: variables })).ready();
  const { run } = await world.api(before).start(2);
  await world.talking(run.id);

  writeFileSync(clock, `-${BACK_S}`);
  await until('the backend sees it', async () =>
    isBack(await dateOf(before.url)),
  );
  const heartbeat = world.file(run.id, 'heartbeat');
  await until('the supervisor sees it', () =>
    isBack(statSync(heartbeat).mtimeMs),
  );
  const said = world.tasks.written(run.id).get('GENERATE:1')?.length ?? 0;
  await until('it goes on', () => {
    const now = world.tasks.written(run.id).get('GENERATE:1')?.length ?? 0;
    return now > 2 * said;
  });
  await before.kill();
  const after = await (await world.start({ env: variables })).ready();
  world.tasks.enough();

  const api = world.api(after);
  expect(await world.ended(api, run.id)).toMatchObject({
    phase: 'succeeded',
    hasReport: true,
  });
  const lines = await expectWholeLog(world, api, run.id, 'by themselves');
  for (const [task, own] of Map.groupBy(lines, line => line.task)) {
    const times = own.map(({ at }) => at);
    expect(times, `${task} never goes back`).toEqual(times.toSorted());
  }
  expect(world.processes(run.id)).toEqual([]);
});

/** Our own clock is the true one. */
function isBack(epochMs: number): boolean {
  return epochMs < Date.now() - (BACK_S - 10) * 1_000;
}

async function dateOf(backend: string): Promise<number> {
  const response = await fetch(`${backend}/api/pipeline-demo/health`);
  await response.arrayBuffer();
  return Date.parse(response.headers.get('Date') ?? '');
}
