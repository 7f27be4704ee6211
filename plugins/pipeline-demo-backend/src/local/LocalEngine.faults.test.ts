import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunSpec } from 'backstage-plugin-pipeline-demo-common';
import {
  PATIENCE_MS,
  attemptsOf,
  followed,
  launched,
  observed,
  patience,
  removed,
  texts,
} from '../testing/engineRuns';
import {
  json,
  leftWithoutSupervisor,
  untilWritten,
  withNonce,
} from '../testing/localRuns';
import { createLocalWorld, createScriptedWorld } from '../testing/localWorld';
import type { LocalWorld, Scripts } from '../testing/localWorld';

jest.setTimeout(PATIENCE_MS);

let world: LocalWorld;
afterEach(() => world.close());

async function launchedScripts(
  scripts: Scripts,
  changes: Parameters<typeof createScriptedWorld>[1] = {},
): Promise<RunSpec> {
  world = await createScriptedWorld(scripts, changes);
  return launched(world, 1);
}

describe('LocalEngine, when a task misbehaves', () => {
  it('fails with the exit code of the task', async () => {
    const run = await launchedScripts({ generate: 'echo no; exit 3' });
    const facts = await observed(world.engine, run);

    expect(facts.at(-1)).toMatchObject({
      outcome: {
        reason: 'task-failed',
        message: 'GENERATE:1 ended with exit code 3.',
      },
    });
    expect(attemptsOf(facts, 'GENERATE:1').at(-1)).toMatchObject({
      phase: 'failed',
      exitCode: 3,
    });
    const { driver } = texts(await followed(world.engine, run));
    expect(driver).toContain(
      "ERROR ~ Error executing process > 'GENERATE (1)'",
    );
  });

  it('ends what ignores to be asked', async () => {
    const run = await launchedScripts({
      generate: `trap '' TERM; echo deaf; while :; do sleep 0.1; done`,
    });
    await untilWritten(world, run, 'GENERATE:1', 'deaf');
    const { nonce } = json(world, run, 'run.json');
    await removed(world.engine, run, 'nothing');

    expect(withNonce(nonce)).toEqual([]);
  });

  it('ends what a task left behind', async () => {
    const run = await launchedScripts({ generate: 'sleep 60 & echo away' });
    const facts = await observed(world.engine, run);

    expect(facts.at(-1)).toMatchObject({ outcome: { type: 'succeeded' } });
    expect(await leftWithoutSupervisor(world, run)).toEqual([]);
  });

  // macOS hides the environment of sleep, and so of whose run it is.
  if (process.platform === 'linux') {
    it('finds what a task left behind in a group of its own', async () => {
      const run = await launchedScripts({
        generate: 'set -m; sleep 60 & disown',
      });
      const facts = await observed(world.engine, run);
      expect(facts.at(-1)).toMatchObject({ outcome: { type: 'succeeded' } });

      const left = await leftWithoutSupervisor(world, run);
      expect(left).toEqual([
        expect.stringMatching(/^process \d+ \(GENERATE:1\)$/),
      ]);
      expect(await world.engine.runIds(patience())).toContain(run.id);
      await removed(world.engine, run, 'nothing');
      expect(await world.engine.runIds(patience())).toEqual([]);
    });
  }

  it('ends what takes longer than it may', async () => {
    const run = await launchedScripts(
      { generate: 'sleep 60' },
      { deadlineMs: 700 },
    );
    const facts = await observed(world.engine, run);

    expect(facts.at(-1)).toMatchObject({
      type: 'deadline',
      message: expect.stringContaining('took longer than'),
    });
    expect(attemptsOf(facts, 'GENERATE:1').at(-1)?.phase).toBe('cancelled');
    expect(await leftWithoutSupervisor(world, run)).toEqual([]);
  });

  it('hands it nothing of the environment but what it needs', async () => {
    process.env.PIPELINE_DEMO_TEST_SECRET = 'do not tell';
    const run = await launchedScripts({ generate: 'env | cut -d= -f1 | sort' });
    await observed(world.engine, run);
    delete process.env.PIPELINE_DEMO_TEST_SECRET;

    const log = texts(await followed(world.engine, run));
    expect(log['GENERATE:1']).toContain('PATH');
    expect(log['GENERATE:1']).not.toContain('PIPELINE_DEMO_TEST_SECRET');
    const { nonce } = json(world, run, 'run.json');
    expect(JSON.stringify(log)).not.toContain(nonce);
  });
});

describe('LocalEngine, when the ground gives way', () => {
  it('ends a run whose folder somebody deletes, and owns up to the loss', async () => {
    const run = await launchedScripts({ generate: 'echo here; sleep 60' });
    await untilWritten(world, run, 'GENERATE:1', 'here');
    const { nonce } = json(world, run, 'run.json');
    rmSync(join(world.workDir, run.id), { recursive: true });
    const resume = new Map([[`${run.id}/driver`, '10']]);
    const chunks: string[] = [];
    for await (const { type } of world.engine.follow(run, resume, patience())) {
      chunks.push(type);
    }
    const facts = await observed(world.engine, run);

    expect(chunks).toEqual(['gap']);
    expect(facts.map(({ type }) => type)).toEqual(['jobMissing']);
    await removed(world.engine, run, 'nothing');
    expect(withNonce(nonce)).toEqual([]);
  });

  it('runs no more tasks at once than it has slots, and says what waits', async () => {
    world = await createLocalWorld({ slots: 1 });
    const run = await launched(world, 3);
    const facts = await observed(world.engine, run);

    expect(attemptsOf(facts, 'GENERATE:2')[0]).toMatchObject({
      phase: 'waiting',
      reason: { code: 'NoFreeSlot', message: '1 of 1 slots are in use' },
    });
    const spans = facts.flatMap(fact =>
      fact.type === 'task' && fact.attempt.endedAt !== undefined
        ? [fact.attempt]
        : [],
    );
    expect(spans).toHaveLength(7);
    spans.slice(1).forEach(({ startingAt }, index) => {
      expect(startingAt).toBeGreaterThanOrEqual(spans[index].endedAt ?? 0);
    });
  });

  it('leaves alone what others keep in its work directory', async () => {
    world = await createLocalWorld();
    const file = join(world.workDir, 'somebody', 'thesis.txt');
    mkdirSync(join(world.workDir, 'somebody'));
    writeFileSync(file, 'years of work');
    writeFileSync(join(world.workDir, 'readme'), 'read me');

    expect(await world.engine.runIds(patience())).toEqual([]);
    await removed(
      world.engine,
      { ...world.newRun(1), id: 'somebody' },
      'nothing',
    );
    expect(readFileSync(file, 'utf8')).toBe('years of work');
  });

  it('refuses a run when it cannot work here', async () => {
    world = await createLocalWorld({
      workDir: join(process.execPath, 'not-a-folder'),
    });
    const launch = world.engine.launch(world.newRun(1), patience());

    await expect(launch).rejects.toMatchObject({
      name: 'LaunchRefusedError',
      message: expect.stringContaining('cannot be written'),
    });
  });
});
