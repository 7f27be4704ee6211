import { useRunWorld } from '../testing/useRunWorld';

const world = useRunWorld();

describe('sweeps', () => {
  it('what is left of runs that have ended, also if it came late', async () => {
    const { id } = await world().started();
    const run = await world().ended(id);
    await world().clock.advance(61_000);
    expect(await world().engine.runIds()).toEqual([]);
    const launched = world().engine.launch(run, new AbortController().signal);
    await world().clock.finish(launched);
    await world().clock.advance(61_000);

    expect(await world().engine.runIds()).toEqual([]);
  });

  it('runs that nobody knows, when they are still unknown a minute later', async () => {
    const { id } = await world().started();
    const run = await world().ended(id);
    await world().clock.advance(61_000);
    const stray = { ...run, id: 'rstray' };
    await world().clock.finish(
      world().engine.launch(stray, new AbortController().signal),
    );
    await world().clock.advance(60_000);
    expect(await world().engine.runIds()).toEqual(['rstray']);
    await world().clock.advance(60_000);

    expect(await world().engine.runIds()).toEqual([]);
  });

  it('nothing of a run that is active', async () => {
    world().fake.faults.leftovers = ['pod a'];
    const { id } = await world().started();
    await world().clock.advance(130_000);

    expect((await world().run(id)).phase).toBe('finishing');
    expect(await world().engine.runIds()).toEqual([id]);
  });
});
