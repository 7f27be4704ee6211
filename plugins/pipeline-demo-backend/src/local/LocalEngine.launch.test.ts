import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunSpec } from 'backstage-plugin-pipeline-demo-common';
import {
  PATIENCE_MS,
  followed,
  observed,
  patience,
  removed,
} from '../testing/engineRuns';
import { json, withNonce } from '../testing/localRuns';
import { WORKFLOWS_DIR, createLocalWorld } from '../testing/localWorld';
import type { LocalWorld } from '../testing/localWorld';
import { orderRun } from './orderRun';
import { runFiles, writeOnce } from './runFolder';

jest.setTimeout(PATIENCE_MS);

let world: LocalWorld;
beforeEach(async () => {
  world = await createLocalWorld();
});
afterEach(() => world.close());

/** What a launch leaves that was cut off before its supervisor began. */
async function cutOffLaunch(): Promise<RunSpec> {
  const run = world.newRun(1);
  const files = runFiles(join(world.workDir, run.id));
  await mkdir(files.work, { recursive: true });
  const order = orderRun(run, {
    binFolder: join(WORKFLOWS_DIR, 'bin'),
    slots: 4,
    deadlineMs: PATIENCE_MS,
    now: run.createdAt,
  });
  writeOnce(files.order, order);
  return run;
}

describe('LocalEngine, after a launch that was cut off', () => {
  it('ends a run that is removed before it began', async () => {
    const run = await cutOffLaunch();
    await removed(world.engine, run, 'logs');

    expect((await observed(world.engine, run)).at(-1)).toMatchObject({
      type: 'driverExited',
      outcome: { message: 'The run was removed before it began.' },
    });
    expect(await followed(world.engine, run)).toEqual({});
  });

  it('never begins a run that was removed', async () => {
    const run = await cutOffLaunch();
    await removed(world.engine, run, 'logs');
    await world.another().launch(run, patience());

    const { nonce } = json(world, run, 'run.json');
    expect(withNonce(nonce)).toEqual([]);
    expect(await world.written(run, 'GENERATE:1')).toEqual([]);
  });
});
