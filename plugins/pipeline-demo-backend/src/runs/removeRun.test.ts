import type { RunPhase } from 'backstage-plugin-pipeline-demo-common';
import { LaunchRefusedError, NotPermittedError } from '../ports/Engine';
import { useRunWorld } from '../testing/useRunWorld';
import { REMOVAL_LIMIT_MS } from './removeRun';

const ALMOST_AT_ONCE_MS = 2_000;

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

  it('gives a refused run up at once where it may not look, and says so', async () => {
    const message = 'The portal may not list pods in the namespace demo.';
    world().fake.faults.launchErrors = [new LaunchRefusedError(message)];
    world().fake.faults.leftError = new NotPermittedError(message);
    const run = await world().ended((await world().started()).id);

    expect(run.phase).toBe('failed');
    expect(run.outcome).toMatchObject({ reason: 'launch-refused', message });
    expect(run.objectsLeft).toEqual([`what cannot be seen: ${message}`]);
    const { finishedAt = 0, endedAt = Infinity } = run;
    expect(endedAt - finishedAt).toBeLessThan(ALMOST_AT_ONCE_MS);
  });

  it('gives up after five minutes where it may not look any more', async () => {
    const { id } = await world().started();
    await world().reached(id, 'running');
    const message = 'The portal may not list pods in the namespace demo.';
    world().fake.faults.leftError = new NotPermittedError(message);
    await world().reached(id, 'finishing');
    await world().clock.advance(REMOVAL_LIMIT_MS - 60_000);
    expect((await world().run(id)).phase).toBe('finishing');
    const run = await world().ended(id);

    expect(run.phase).toBe('succeeded');
    expect(run.objectsLeft).toEqual([`what cannot be seen: ${message}`]);
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
