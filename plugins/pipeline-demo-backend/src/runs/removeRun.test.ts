import type { RunPhase } from 'backstage-plugin-pipeline-demo-common';
import { useRunWorld } from '../testing/useRunWorld';

const world = useRunWorld();

describe('removes', () => {
  it('until two complete lists are empty, and says what is left meanwhile', async () => {
    world().fake.faults.leftovers = ['pod b', 'pod a'];
    const { id, keepers } = await world().started();
    await world().reached(id, 'finishing');
    await world().clock.advance(20_000);
    const { engineSeenAt = 0 } = keepers.health();
    expect(world().clock.now() - engineSeenAt).toBeLessThanOrEqual(5_000);
    expect((await world().run(id)).objectsLeft).toEqual(['pod a', 'pod b']);
    const left = jest.spyOn(world().engine, 'left');
    world().fake.faults.leftovers = [];
    const run = await world().ended(id);

    expect(run.objectsLeft).toBeUndefined();
    expect(await left.mock.results.at(-1)?.value).toEqual([]);
    expect(await left.mock.results.at(-2)?.value).toEqual([]);
    const events = await world().runs.events(id, 0, 1_000);
    expect(
      events.flatMap(event =>
        event.type === 'ObjectsLeft' ? [event.objects] : [],
      ),
    ).toEqual([['pod a', 'pod b'], []]);
  });

  it.each<[string, RunPhase, boolean]>([
    ['its outcome', 'succeeded', false],
    ['leftovers', 'failed', true],
  ])(
    'for five minutes at the most: the run ends with %s',
    async (_, phase, isCancelled) => {
      world().fake.faults.leftovers = ['pod a'];
      const { id } = await world().started();
      await world().reached(id, 'running');
      if (isCancelled) {
        await world().runs.askCancel(id, 'user:default/other');
      }
      const run = await world().ended(id);

      expect(run.phase).toBe(phase);
      expect(run.objectsLeft).toEqual(['pod a']);
      expect(await world().runs.active()).toBeUndefined();
      const remove = jest.spyOn(world().engine, 'remove');
      await world().clock.advance(120_000);
      expect(remove).toHaveBeenCalledWith(
        expect.objectContaining({ id }),
        'nothing',
        expect.anything(),
      );
    },
  );

  it('and gives up also when removing is not permitted', async () => {
    world().fake.faults.removeError = new Error('forbidden');
    const { id } = await world().started();
    const run = await world().ended(id);

    expect(run.phase).toBe('succeeded');
    expect(run.objectsLeft).toEqual([`driver ${id}`]);
  });

  it('does not end a run of which it cannot see what is left', async () => {
    const { id } = await world().started();
    await world().reached(id, 'running');
    world().fake.faults.leftError = new Error('no connection');
    await world().reached(id, 'finishing');
    await world().clock.advance(20 * 60_000);
    expect((await world().run(id)).phase).toBe('finishing');
    world().fake.faults.leftError = undefined;

    expect((await world().ended(id)).phase).toBe('succeeded');
  });
});
