import { spawn } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RunSpec } from 'backstage-plugin-pipeline-demo-common';
import type { Fact } from '../ports/Engine';
import {
  PATIENCE_MS,
  launched,
  observed,
  patience,
} from '../testing/engineRuns';
import { untilWritten } from '../testing/localRuns';
import { createScriptedWorld } from '../testing/localWorld';
import type { LocalWorld } from '../testing/localWorld';
import { SUPERVISE } from './supervisor';

const SUPERVISOR = join(dirname(__filename), 'supervisor.ts');

jest.setTimeout(PATIENCE_MS);

let world: LocalWorld;
afterEach(async () => {
  jest.restoreAllMocks();
  await world.close();
});

function folderOf(run: RunSpec): string {
  return join(world.workDir, run.id);
}

function pidOf(run: RunSpec): number {
  const file = join(folderOf(run), 'supervisor.json');
  return JSON.parse(readFileSync(file, 'utf8')).pid;
}

function supervise(folder: string): Promise<{ code: number; said: string }> {
  const child = spawn(
    process.execPath,
    [
      '--experimental-strip-types',
      '--no-warnings',
      SUPERVISOR,
      SUPERVISE,
      folder,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  child.stderr.on('data', chunk => {
    said += chunk;
  });
  return new Promise(resolve => {
    child.once('close', code => resolve({ code: code ?? -1, said }));
  });
}

describe('supervisor', () => {
  it('leaves at once when another has the run, or had it', async () => {
    world = await createScriptedWorld({ generate: 'sleep 0.5' });
    const run = await launched(world, 1);
    const pid = pidOf(run);

    expect(await supervise(folderOf(run))).toEqual({ code: 0, said: '' });
    const facts = await observed(world.engine, run);
    expect(await supervise(folderOf(run))).toEqual({ code: 0, said: '' });
    expect(facts.at(-1)).toMatchObject({ outcome: { type: 'succeeded' } });
    expect(pidOf(run)).toBe(pid);
  });

  it('says what it misses when there is no order', async () => {
    world = await createScriptedWorld({});
    const { code, said } = await supervise(world.workDir);

    expect(code).toBe(1);
    expect(said).toContain(`There is no order ${world.workDir}/run.json`);
  });

  it.each([
    [
      'a cancel',
      (run: RunSpec) => world.engine.remove(run, 'logs', patience()),
      'The run was cancelled.',
    ],
    [
      'a signal of somebody else',
      (run: RunSpec) => process.kill(pidOf(run), 'SIGTERM'),
      'The run failed: SIGTERM ended the run.',
    ],
  ])('says what ended the run: %s', async (_, end, words) => {
    world = await createScriptedWorld({ generate: 'echo on; sleep 60' });
    const run = await launched(world, 1);
    await untilWritten(world, run, 'GENERATE:1', 'on');
    await end(run);
    await observed(world.engine, run);
    expect((await world.written(run, 'driver')).at(-1)).toBe(words);
  });

  it('is given up when it is stuck long after the deadline', async () => {
    world = await createScriptedWorld(
      { generate: 'sleep 60' },
      { deadlineMs: 300 },
    );
    const run = await launched(world, 1);
    process.kill(pidOf(run), 'SIGSTOP');
    const now = performance.now.bind(performance);
    let skipped = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => now() + skipped);

    const facts: Fact[] = [];
    for await (const fact of world.engine.observe(run, patience())) {
      facts.push(fact);
      skipped += fact.type === 'seen' ? 5_000 : 0;
    }
    expect(facts.at(-1)).toMatchObject({
      type: 'deadline',
      message: expect.stringContaining('its supervisor does not move'),
    });
    expect(facts.filter(({ type }) => type === 'seen').length).toBeGreaterThan(
      3,
    );
  });

  if (existsSync('/dev/full')) {
    it('fails a run with the reason when the disk is full', async () => {
      world = await createScriptedWorld({ generate: 'echo on; sleep 60' });
      const run = world.newRun(1);
      await mkdir(folderOf(run));
      symlinkSync('/dev/full', join(folderOf(run), 'stamps'));
      await world.engine.launch(run, patience());
      const facts = await observed(world.engine, run);

      expect(facts.at(-1)).toMatchObject({
        outcome: {
          type: 'failed',
          reason: 'driver-failed',
          message: 'There is no space left in the work directory.',
        },
      });
    });
  }
});
