import { override } from '../testing/override';
import { useRunWorld } from '../testing/useRunWorld';

const world = useRunWorld();

describe('shares a database with others', () => {
  const ownerless = () => world().process({ owner: 'another' });

  it('and one of them drives', async () => {
    const { id } = await world().started();
    const other = ownerless();
    other.keepers.start();
    const run = await world().ended(id);

    expect(run.takenOver).toBeUndefined();
    expect((await world().runs.get(id))?.epoch).toBe(1);
  });

  it('and another goes on when it stops, without a line lost', async () => {
    const first = await world().started();
    const other = ownerless();
    other.keepers.start();
    await world().reached(first.id, 'running');
    await world().clock.advance(250);
    const before = (await world().runs.get(first.id))?.run.event;
    await world().clock.finish(first.keepers.stop());
    const run = await world().ended(first.id);

    expect(run.phase).toBe('succeeded');
    expect(run.takenOver?.epoch).toBe(2);
    const events = await world().runs.events(first.id, before ?? 0, 1);
    expect(events).toMatchObject([{ type: 'TakenOver', epoch: 2 }]);
    const lines = await world().lines(first.id);
    expect(lines.map(({ text }) => text).sort()).toEqual(
      world()
        .fake.made[0].output.map(({ line }) => line.text)
        .sort(),
    );
  });

  it('and writes nothing any more when another has taken its lease', async () => {
    const { id } = await world().started();
    await world().reached(id, 'running');
    const append = jest.spyOn(world().runs, 'append');
    const appendLines = jest.spyOn(world().logs, 'append');
    const lease = await world().runs.takeLease(id, 'single', 60_000);
    const before = await world().runs.get(id);
    const stolen = jest
      .spyOn(world().runs, 'takeLease')
      .mockResolvedValue(undefined);
    await world().clock.advance(60_000);

    expect(lease?.epoch).toBe(2);
    expect(await world().runs.get(id)).toEqual(before);
    const tries = [append, appendLines].map(({ mock }) => mock.calls.length);
    await world().clock.advance(60_000);
    expect([append, appendLines].map(({ mock }) => mock.calls.length)).toEqual(
      tries,
    );
    stolen.mockRestore();
  });

  it('and goes on when it has slept longer than its lease, and nobody took it', async () => {
    const { id } = await world().started();
    await world().reached(id, 'running');
    world().clock.jump(60_000);
    const run = await world().ended(id);

    expect(run.takenOver).toBeUndefined();
    expect(run.phase).toBe('succeeded');
  });

  it('and gives up when it cannot reach the database for as long as its lease', async () => {
    world().fake.script = { linesPerTask: 100, stepMs: 100 };
    const { id } = await world().started();
    await world().reached(id, 'running');
    const renew = jest
      .spyOn(world().runs, 'renewLease')
      .mockRejectedValue(new Error('no connection'));
    await world().clock.advance(20_000);
    renew.mockRestore();
    const run = await world().ended(id);

    // Nobody else was there, so it took the run up again, as a new owner.
    expect(run.takenOver?.epoch).toBe(2);
    expect(run.phase).toBe('succeeded');
  });

  it('and does not adopt a run that it is just about to begin', async () => {
    const process = world().process({
      change: ports => ({
        ...ports,
        runs: override(ports.runs, {
          create: async (...args) => {
            const result = await ports.runs.create(...args);
            await ports.clock.sleep(10_000, new AbortController().signal);
            return result;
          },
        }),
      }),
    });
    process.keepers.start();
    const { stored } = await world().clock.finish(process.start());
    const run = await world().ended(stored.run.id);

    expect(run.takenOver).toBeUndefined();
  });
});

describe('tells how it is', () => {
  it('by when it last reached the store, and saw the engine', async () => {
    const { keepers, id } = await world().started();
    await world().reached(id, 'running');
    await world().clock.advance(3_000);
    const { leaseLoopAt, engineSeenAt = 0 } = keepers.health();
    expect(world().clock.now() - leaseLoopAt).toBeLessThanOrEqual(2_000);
    expect(world().clock.now() - engineSeenAt).toBeLessThanOrEqual(1_000);

    const active = jest
      .spyOn(world().runs, 'active')
      .mockRejectedValue(new Error('no connection'));
    await world().clock.advance(60_000);
    expect(keepers.health().leaseLoopAt).toBe(leaseLoopAt);
    active.mockRestore();
  });
});
