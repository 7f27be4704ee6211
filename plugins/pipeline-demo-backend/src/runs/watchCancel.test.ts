import type { RunPhase } from 'backstage-plugin-pipeline-demo-common';
import { useRunWorld } from '../testing/useRunWorld';

const world = useRunWorld();

describe('cancels', () => {
  const cancel = async (id: string) => {
    await world().runs.askCancel(id, 'user:default/other');
  };

  it.each<[RunPhase]>([['starting'], ['running']])(
    'a run that is %s',
    async phase => {
      const { id } = await world().started();
      await world().reached(id, phase);
      await cancel(id);
      const run = await world().ended(id);

      expect(run.phase).toBe('cancelled');
      expect(run.cancelAskedBy).toBe('user:default/other');
      expect(await world().engine.left(run)).toEqual([]);
      expect(run.gaps).toEqual([]);
      expect(await world().lines(id)).toHaveLength(
        world().fake.made[0].output.length,
      );
      await world().clock.advance(60_000);
      expect(await world().lines(id)).toHaveLength(
        run.logsComplete?.lastLine ?? -1,
      );
    },
  );

  it('at once, when the wish was stored in this process', async () => {
    const { id, keepers } = await world().started();
    await world().reached(id, 'running');
    await world().clock.advance(100);
    await cancel(id);
    const askedAt = world().clock.now();
    keepers.nudge(id);
    await world().clock.settle();

    expect((await world().run(id)).phase).toBe('cancelling');
    expect((await world().run(id)).finishedAt).toBe(askedAt);
  });

  it.each([true, false])(
    'a run whose launch is under way, and waits for that (launched all the same: %s)',
    async launchIgnoresAbort => {
      world().fake.faults.launchMs = 3_000;
      world().fake.faults.launchIgnoresAbort = launchIgnoresAbort;
      const { id, keepers } = await world().started();
      await world().clock.advance(500);
      await cancel(id);
      keepers.nudge(id);
      const run = await world().ended(id);

      expect(run.phase).toBe('cancelled');
      expect(run.launchedAt).toBeUndefined();
      expect(world().fake.made).toHaveLength(launchIgnoresAbort ? 1 : 0);
      expect(await world().engine.left(run)).toEqual([]);
      expect(run.gaps).toEqual([]);
    },
  );

  it('nothing that is finishing: the outcome stands', async () => {
    world().fake.faults.leftovers = ['a pod that does not go'];
    const { id } = await world().started();
    await world().reached(id, 'finishing');
    await cancel(id);
    await world().clock.advance(5_000);
    world().fake.faults.leftovers = [];

    expect((await world().ended(id)).phase).toBe('succeeded');
  });
});
