import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunSpec } from 'backstage-plugin-pipeline-demo-common';
import {
  PATIENCE_MS,
  attemptsOf,
  followed,
  launched,
  observed,
  removed,
  texts,
  writtenBy,
} from '../testing/engineRuns';
import {
  json,
  leftWithoutSupervisor,
  untilRunning,
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

describe('LocalEngine, when something is killed', () => {
  it('loses no line with its supervisor, says lost, and leaves no process', async () => {
    world = await createLocalWorld({ pace: 0.2 });
    const run = await launched(world, 2);
    const log = followed(world.engine, run);
    await untilWritten(world, run, 'GENERATE:1', '50 %');
    const { nonce } = json(world, run, 'run.json');
    expect(withNonce(nonce).length).toBeGreaterThan(2);

    process.kill(json(world, run, 'supervisor.json').pid, 'SIGKILL');
    const facts = await observed(world.another(), run);
    expect(facts.at(-1)).toMatchObject({
      type: 'driverExited',
      outcome: { type: 'failed', reason: 'lost' },
    });
    await removed(world.engine, run, 'logs');

    expect(withNonce(nonce)).toEqual([]);
    expect(texts(await log)).toEqual(await writtenBy(world, run));
    expect(texts(await followed(world.another(), run))).toEqual(
      await writtenBy(world, run),
    );
  });

  it('gives a dead run the last line that nobody ended', async () => {
    const run = await launchedScripts({
      generate: `trap 'printf "the end"; exit 1' TERM; echo on; sleep 60 & wait`,
    });
    await untilWritten(world, run, 'GENERATE:1', 'on');
    process.kill(json(world, run, 'supervisor.json').pid, 'SIGKILL');
    await removed(world.engine, run, 'logs');

    const log = texts(await followed(world.engine, run));
    expect(log['GENERATE:1']).toEqual(['on', 'the end']);
  });

  it('fails with the name of the task that was killed, and ends the others', async () => {
    world = await createLocalWorld({ pace: 1 });
    const run = await launched(world, 3);
    process.kill(await untilRunning(world, run, 'GENERATE:2'), 'SIGKILL');
    const facts = await observed(world.engine, run);

    expect(facts.at(-1)).toMatchObject({
      outcome: {
        reason: 'task-failed',
        message: 'GENERATE:2 was ended by SIGKILL.',
      },
    });
    expect(attemptsOf(facts, 'GENERATE:2').at(-1)).toMatchObject({
      phase: 'failed',
      signal: 'SIGKILL',
    });
    expect(attemptsOf(facts, 'GENERATE:1').at(-1)?.phase).toBe('cancelled');
    expect(attemptsOf(facts, 'ANALYZE:1')).toEqual([]);
    expect(json(world, run, 'work/GENERATE_2/.exitcode')).toBe(137);
    expect(await leftWithoutSupervisor(world, run)).toEqual([]);
  });

  it('removes a supervisor that does not move', async () => {
    const run = await launchedScripts({ generate: 'sleep 60' });
    await untilRunning(world, run, 'GENERATE:1');
    const { nonce } = json(world, run, 'run.json');
    process.kill(json(world, run, 'supervisor.json').pid, 'SIGSTOP');
    await removed(world.engine, run, 'logs');

    expect(withNonce(nonce)).toEqual([]);
  });

  it('takes no other process for a supervisor, though it has its number', async () => {
    const run = await launchedScripts({ generate: 'sleep 60' });
    const claim = join(world.workDir, run.id, 'supervisor.json');
    const { pid } = json(world, run, 'supervisor.json');
    const impostor = { pid, startedAt: 'the day before' };
    writeFileSync(claim, JSON.stringify(impostor));
    const facts = await observed(world.engine, run);

    expect(facts.at(-1)).toMatchObject({ outcome: { reason: 'lost' } });
  });
});
