import {
  PATIENCE_MS,
  launched,
  observed,
  patience,
} from '../testing/engineRuns';
import { json, untilWritten, withNonce } from '../testing/localRuns';
import { createLocalWorld, createScriptedWorld } from '../testing/localWorld';
import type { LocalWorld } from '../testing/localWorld';
import { createBreaker } from './createBreaker';

jest.setTimeout(PATIENCE_MS);

let world: LocalWorld;
afterEach(() => world.close());

describe('createBreaker', () => {
  it('kills one task with all it has started, and the run fails as after a crash', async () => {
    // A child in another session, as a task of somebody else may have.
    world = await createScriptedWorld({
      generate: 'setsid sleep 600 & echo begun; sleep 600',
    });
    const run = await launched(world, 1);
    await untilWritten(world, run, 'GENERATE:1', 'begun');
    const { nonce } = json(world, run, 'run.json');

    const breaker = createBreaker(world);
    expect(await breaker.breakTask(run, 'GENERATE:1', patience())).toBe(true);

    const facts = await observed(world.engine, run);
    expect(facts.filter(({ type }) => type === 'task').at(-1)).toMatchObject({
      task: 'GENERATE:1',
      attempt: { phase: 'failed', signal: 'SIGKILL' },
    });
    expect(facts.at(-1)).toMatchObject({
      type: 'driverExited',
      outcome: {
        type: 'failed',
        reason: 'task-failed',
        message: 'GENERATE:1 was ended by SIGKILL.',
      },
    });
    expect(withNonce(nonce)).toEqual([]);
  });

  it('leaves other tasks alone, and says when there is nothing to kill', async () => {
    world = await createLocalWorld({ pace: 0.2 });
    const run = await launched(world, 2);
    await untilWritten(world, run, 'GENERATE:2', '50 %');

    const breaker = createBreaker(world);
    expect(await breaker.breakTask(run, 'REPORT', patience())).toBe(false);
    const unknown = { ...run, id: 'nobody' };
    expect(await breaker.breakTask(unknown, 'GENERATE:1', patience())).toBe(
      false,
    );
    const facts = await observed(world.engine, run);
    expect(facts.at(-1)).toMatchObject({ outcome: { type: 'succeeded' } });
  });
});
