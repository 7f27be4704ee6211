import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunSpec } from 'backstage-plugin-pipeline-demo-common';
import {
  PATIENCE_MS,
  attemptsOf,
  followed,
  launched,
  observed,
  observedUntil,
  patience,
  removed,
  texts,
  writtenBy,
} from '../testing/engineRuns';
import { createLocalWorld, createScriptedWorld } from '../testing/localWorld';
import type { LocalWorld, Scripts } from '../testing/localWorld';

jest.setTimeout(PATIENCE_MS);

let world: LocalWorld;
afterEach(() => world.close());

async function scripted(
  scripts: Scripts,
  changes: Parameters<typeof createScriptedWorld>[1] = {},
): Promise<RunSpec> {
  world = await createScriptedWorld(scripts, changes);
  return launched(world, 1);
}

function json(run: RunSpec, file: string) {
  return JSON.parse(readFileSync(join(world.workDir, run.id, file), 'utf8'));
}

/** Ids of the processes with the run's nonce: found by other means than the engine's. */
function withNonce(nonce: string): string[] {
  const script =
    process.platform === 'linux'
      ? `grep -lzs "PIPELINE_DEMO_NONCE=$NONCE" /proc/[0-9]*/environ | grep -v "/$$/" || true`
      : `ps -axEww -o pid=,command= | grep "NONCE=[$]NONCE" || true`;
  const output = execFileSync('bash', ['--norc', '-c', script], {
    env: { PATH: process.env.PATH, NONCE: nonce },
    encoding: 'utf8',
  });
  return output.split('\n').filter(line => line !== '');
}

async function untilRunning(run: RunSpec, task: string): Promise<number> {
  let pid = 0;
  await observedUntil(world.engine, run, fact => {
    if (fact.type !== 'task' || fact.task !== task) {
      return false;
    }
    pid = Number(fact.attempt.place?.replace('pid ', ''));
    return fact.attempt.phase === 'running';
  });
  return pid;
}

/** What is left when the supervisor, which has written its exit, is gone too. */
async function leftWithoutSupervisor(run: RunSpec): Promise<readonly string[]> {
  const signal = patience();
  for (;;) {
    signal.throwIfAborted();
    const left = await world.engine.left(run, signal);
    if (!left.some(one => one.startsWith('supervisor'))) {
      return left;
    }
  }
}

/** Resolves when the run has written this into a task's log. */
async function untilWritten(run: RunSpec, task: string, text: string) {
  for await (const chunk of world.engine.follow(run, new Map(), patience())) {
    if (
      chunk.type === 'lines' &&
      chunk.source.task === task &&
      chunk.lines.some(line => line.text.includes(text))
    ) {
      return;
    }
  }
  throw new Error(`${task} never wrote '${text}'`);
}

describe('LocalEngine, when something is killed', () => {
  it('loses no line with its supervisor, says lost, and leaves no process', async () => {
    world = await createLocalWorld({ pace: 0.2 });
    const run = await launched(world, 2);
    const log = followed(world.engine, run);
    await untilWritten(run, 'GENERATE:1', '50 %');
    const { nonce } = json(run, 'run.json');
    expect(withNonce(nonce).length).toBeGreaterThan(2);

    process.kill(json(run, 'supervisor.json').pid, 'SIGKILL');
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

  it('fails with the name of the task that was killed, and ends the others', async () => {
    world = await createLocalWorld({ pace: 1 });
    const run = await launched(world, 3);
    process.kill(await untilRunning(run, 'GENERATE:2'), 'SIGKILL');
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
    expect(json(run, 'work/GENERATE_2/.exitcode')).toBe(137);
    expect(await leftWithoutSupervisor(run)).toEqual([]);
  });

  it('removes a supervisor that does not move', async () => {
    const run = await scripted({ generate: 'sleep 60' });
    await untilRunning(run, 'GENERATE:1');
    const { nonce } = json(run, 'run.json');
    process.kill(json(run, 'supervisor.json').pid, 'SIGSTOP');
    await removed(world.engine, run, 'logs');

    expect(withNonce(nonce)).toEqual([]);
  });

  it('takes no other process for a supervisor, though it has its number', async () => {
    const run = await scripted({ generate: 'sleep 60' });
    const claim = join(world.workDir, run.id, 'supervisor.json');
    const { pid } = json(run, 'supervisor.json');
    const impostor = { pid, startedAt: 'the day before' };
    writeFileSync(claim, JSON.stringify(impostor));
    const facts = await observed(world.engine, run);

    expect(facts.at(-1)).toMatchObject({ outcome: { reason: 'lost' } });
  });
});

describe('LocalEngine, when a task misbehaves', () => {
  it('fails with the exit code of the task', async () => {
    const run = await scripted({ generate: 'echo no; exit 3' });
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
    const run = await scripted({
      generate: `trap '' TERM; echo deaf; while :; do sleep 0.1; done`,
    });
    await untilWritten(run, 'GENERATE:1', 'deaf');
    const { nonce } = json(run, 'run.json');
    await removed(world.engine, run, 'nothing');

    expect(withNonce(nonce)).toEqual([]);
  });

  it('finds what a task left behind in a group of its own', async () => {
    const run = await scripted({ generate: 'set -m; sleep 60 & disown' });
    const facts = await observed(world.engine, run);
    expect(facts.at(-1)).toMatchObject({ outcome: { type: 'succeeded' } });

    const left = await leftWithoutSupervisor(run);
    expect(left).toEqual([
      expect.stringMatching(/^process \d+ \(GENERATE:1\)$/),
    ]);
    expect(await world.engine.runIds(patience())).toContain(run.id);
    await removed(world.engine, run, 'nothing');
    expect(await world.engine.runIds(patience())).toEqual([]);
  });

  it('ends what takes longer than it may', async () => {
    const run = await scripted({ generate: 'sleep 60' }, { deadlineMs: 700 });
    const facts = await observed(world.engine, run);

    expect(facts.at(-1)).toMatchObject({
      type: 'deadline',
      message: expect.stringContaining('took longer than'),
    });
    expect(attemptsOf(facts, 'GENERATE:1').at(-1)?.phase).toBe('cancelled');
    expect(await leftWithoutSupervisor(run)).toEqual([]);
  });

  it('hands it nothing of the environment but what it needs', async () => {
    process.env.PIPELINE_DEMO_TEST_SECRET = 'do not tell';
    const run = await scripted({ generate: 'env | cut -d= -f1 | sort' });
    await observed(world.engine, run);
    delete process.env.PIPELINE_DEMO_TEST_SECRET;

    const log = texts(await followed(world.engine, run));
    expect(log['GENERATE:1']).toContain('PATH');
    expect(log['GENERATE:1']).not.toContain('PIPELINE_DEMO_TEST_SECRET');
    const { nonce } = json(run, 'run.json');
    expect(JSON.stringify(log)).not.toContain(nonce);
  });
});

describe('LocalEngine, when the ground gives way', () => {
  it('ends a run whose folder somebody deletes, and owns up to the loss', async () => {
    const run = await scripted({ generate: 'echo here; sleep 60' });
    await untilWritten(run, 'GENERATE:1', 'here');
    const { nonce } = json(run, 'run.json');
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
    world = await createLocalWorld();
    const blocked = await createLocalWorld({
      workDir: join(process.execPath, 'not-a-folder'),
    });
    const run = world.newRun(1);

    await expect(blocked.engine.launch(run, patience())).rejects.toMatchObject({
      name: 'LaunchRefusedError',
      message: expect.stringContaining('cannot be written'),
    });
  });
});
