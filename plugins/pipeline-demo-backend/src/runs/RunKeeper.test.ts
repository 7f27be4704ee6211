import { mockServices } from '@backstage/backend-test-utils';
import { override } from '../testing/override';
import { useRunWorld } from '../testing/useRunWorld';
import { RunKeeper } from './RunKeeper';
import { allObservers } from './RunObserver';

const world = useRunWorld();

describe('RunKeeper', () => {
  async function setup(published?: () => void) {
    const { clock, runs, logs, engine } = world();
    const { broadcaster, deps } = world().process();
    const logger = mockServices.logger.mock();
    const created = await runs.create(
      {
        id: 'r1',
        batchCount: 1,
        engine: 'local',
        createdBy: 'user:default/guest',
        createdAt: clock.now(),
        seed: deps.newSeed(),
      },
      { owner: 'me', leaseMs: 15_000 },
    );
    if (created.type !== 'created') {
      throw new Error('There is a run already');
    }
    const seen: number[] = [];
    const keeper = RunKeeper.keep({
      ...{ clock, runs, logs, engine, logger, leaseMs: 15_000 },
      broadcaster: published
        ? override(broadcaster, { published })
        : broadcaster,
      lease: created.lease,
      stored: created.stored,
      observer: allObservers([], logger),
      onSeen: at => seen.push(at),
    });
    return { keeper, logger, seen };
  }

  it('comes to its end with the run', async () => {
    const { keeper, seen } = await setup();

    expect(await world().clock.finish(keeper.done)).toBe('ended');
    expect((await world().run('r1')).phase).toBe('succeeded');
    expect(seen.length).toBeGreaterThan(0);
  });

  it('gives its lease back when it is stopped', async () => {
    const { keeper } = await setup();
    await world().reached('r1', 'running');
    await world().clock.finish(keeper.stop());

    expect(await keeper.done).toBe('stopped');
    const lease = await world().runs.takeLease('r1', 'somebody else', 1_000);
    expect(lease?.epoch).toBe(2);
  });

  it('ends, and does not pretend to work, after an error in the program', async () => {
    const { keeper, logger } = await setup(() => {
      throw new TypeError('frames is not iterable');
    });

    expect(await world().clock.finish(keeper.done)).toBe('broken');
    expect(logger.error).toHaveBeenCalledTimes(1);
    expect((await world().run('r1')).phase).toBe('starting');
  });
});
