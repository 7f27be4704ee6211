import {
  ConflictError,
  InputError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { override } from '../testing/override';
import { useRunWorld } from '../testing/useRunWorld';
import { CannotFitError } from './CannotFitError';
import { forecastNow } from './previewRun';
import { SLOT_WAIT_MS } from './startRun';

const world = useRunWorld();

/** A process whose engine has so little that nothing fits. */
function tinyProcess() {
  return world().process({
    change: ports => ({
      ...ports,
      engine: override(ports.engine, {
        name: 'kubernetes',
        capacity: async () => ({
          basis: 'quota',
          at: world().clock.now(),
          limit: { cpu: 0.5, memory: 1 },
          used: { cpu: 0, memory: 0 },
        }),
      }),
    }),
  });
}

describe('startRun', () => {
  it.each([0, 13, 2.5, NaN])('refuses %d batches', async batchCount => {
    const { start } = world().process();
    await expect(start({ batchCount })).rejects.toThrow(InputError);
    expect(await world().runs.latest()).toBeUndefined();
  });

  it('stores the run before anything is launched', async () => {
    world().fake.faults.launchMs = 5_000;
    const { start } = world().process();
    const { type, stored } = await world().clock.finish(
      start({ batchCount: 7, createdBy: 'user:default/a', entityRef: 'x:y/z' }),
    );

    expect(type).toBe('created');
    expect(stored.run).toMatchObject({
      phase: 'queued',
      batchCount: 7,
      engine: 'local',
      createdBy: 'user:default/a',
      createdAt: world().clock.now(),
      entityRef: 'x:y/z',
    });
    expect((await world().runs.active())?.run.id).toBe(stored.run.id);
    expect(world().fake.made).toEqual([]);
  });

  it('keeps what was forecast, whatever is learnt from the run', async () => {
    const { id, deps } = await world().started();
    const before = await forecastNow(deps, 2);
    const { predicted } = await world().ended(id);
    const after = await forecastNow(deps, 2);

    expect(predicted?.durations).toEqual(before.durations);
    expect(predicted?.durations.basis).toEqual({ type: 'nominal' });
    expect(after.durations.basis).toEqual({ type: 'history', runs: 1 });
    expect(after.spans).not.toEqual(predicted?.spans);
  });

  it('refuses what cannot fit, with the reason, and stores nothing', async () => {
    const started = tinyProcess().start();
    await expect(world().clock.finish(started)).rejects.toMatchObject({
      name: 'CannotFitError',
      statusCode: 409,
      message: expect.stringMatching(/CPU|memory/),
    });
    await expect(started).rejects.toBeInstanceOf(CannotFitError);
    expect(await world().runs.latest()).toBeUndefined();
  });

  it('attaches to the active run, whatever the capacity is by then', async () => {
    const { id } = await world().started();
    await world().reached(id, 'running');
    const { type, stored } = await tinyProcess().start({ batchCount: 9 });

    expect(type).toBe('attached');
    expect(stored.run).toMatchObject({ id, batchCount: 2 });
  });

  it('refuses when a run is active, if asked to', async () => {
    const { id, start } = await world().started();
    await world().reached(id, 'running');
    const refused = start({ ifActive: 'reject' });

    await expect(refused).rejects.toBeInstanceOf(ConflictError);
    await expect(refused).rejects.toMatchObject({
      runId: id,
      retryAfterSeconds: 30,
    });
  });

  it('makes one run of a request that comes twice, also after its end', async () => {
    const { keepers, start } = world().process();
    keepers.start();
    const request = { idempotencyKey: 'k' };
    const first = await world().clock.finish(start(request));
    const second = await world().clock.finish(start(request));
    await world().ended(first.stored.run.id);
    const third = await world().clock.finish(start(request));

    expect([first, second, third].map(({ type }) => type)).toEqual([
      'created',
      'repeated',
      'repeated',
    ]);
    expect(third.stored.run.id).toBe(first.stored.run.id);
  });

  it('makes one run of ten requests at once', async () => {
    const { keepers, start } = world().process();
    keepers.start();
    const results = await world().clock.finish(
      Promise.all(Array.from({ length: 10 }, () => start())),
    );

    const types = results.map(({ type }) => type).sort();
    expect(types).toEqual([...Array(9).fill('attached'), 'created']);
    expect(new Set(results.map(({ stored }) => stored.run.id)).size).toBe(1);
  });

  it.each(['attach', 'reject'] as const)(
    'waits for the slot of a run that is finishing (%s)',
    async ifActive => {
      world().fake.faults.leftovers = ['pod a'];
      const { id, start } = await world().started();
      await world().reached(id, 'finishing');
      const started = start({ ifActive });
      await world().clock.advance(5_000);
      world().fake.faults.leftovers = [];
      const { type, stored } = await world().clock.finish(started);

      expect(type).toBe('created');
      expect(stored.run.id).not.toBe(id);
      expect((await world().run(id)).phase).toBe('succeeded');
    },
  );

  it('waits for it 15 s at the most', async () => {
    world().fake.faults.leftovers = ['pod a'];
    const { id, start } = await world().started();
    await world().reached(id, 'finishing');
    const since = world().clock.now();
    await expect(world().clock.finish(start())).rejects.toMatchObject({
      name: 'ConflictError',
      runId: id,
      retryAfterSeconds: 5,
    });

    expect(world().clock.now() - since).toBeGreaterThanOrEqual(SLOT_WAIT_MS);
    expect(world().clock.now() - since).toBeLessThan(SLOT_WAIT_MS + 1_000);
  });

  it('attaches to a run that was quicker to take the free slot', async () => {
    world().fake.faults.leftovers = ['pod a'];
    const { id, start } = await world().started();
    await world().reached(id, 'finishing');
    const waiting = [start({ batchCount: 3 }), start({ batchCount: 4 })];
    await world().clock.advance(1_000);
    world().fake.faults.leftovers = [];
    const results = await world().clock.finish(Promise.all(waiting));

    expect(results.map(({ type }) => type).sort()).toEqual([
      'attached',
      'created',
    ]);
    expect(results[0].stored.run.id).toBe(results[1].stored.run.id);
  });

  it('starts nothing when the process stops', async () => {
    const { keepers, start } = world().process();
    await world().clock.finish(keepers.stop());
    await expect(start()).rejects.toThrow(ServiceUnavailableError);
    expect(await world().runs.latest()).toBeUndefined();
  });
});
