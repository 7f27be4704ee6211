import type { Engine, LogChunk } from '../ports/Engine';
import { override } from '../testing/override';
import { useRunWorld } from '../testing/useRunWorld';

const world = useRunWorld();

describe('reads the report', () => {
  it('again after errors', async () => {
    world().fake.faults.reportErrors = [new Error('no'), new Error('no')];
    const run = await world().ended((await world().started()).id);

    expect(run.report).toBeDefined();
    expect(run.reportProblem).toBeUndefined();
  });

  it('and says why there is none', async () => {
    const message = 'The report is not JSON.';
    world().fake.faults.report = { type: 'unreadable', message };
    const run = await world().ended((await world().started()).id);

    expect(run.phase).toBe('succeeded');
    expect(run.reportProblem).toBe(message);
  });

  it('for a minute at the most', async () => {
    world().fake.faults.reportErrors = Array.from(
      { length: 1_000 },
      () => new Error('no connection'),
    );
    const run = await world().ended((await world().started()).id);

    expect(run.phase).toBe('succeeded');
    expect(run.reportProblem).toContain('no connection');
  });
});

describe('reads the log', () => {
  it('to its end, however often reading and observing break', async () => {
    world().fake.faults.followBreaksAfter = 2;
    world().fake.faults.observeBreaksAfter = 6;
    world().fake.faults.forgetsHistory = true;
    const { id } = await world().started();
    const run = await world().ended(id);

    expect(run.phase).toBe('succeeded');
    expect(run.gaps).toEqual([]);
    expect((await world().lines(id)).map(({ text }) => text).sort()).toEqual(
      world()
        .fake.made[0].output.map(({ line }) => line.text)
        .sort(),
    );
  });

  it('for a minute after the end, and then leaves a gap', async () => {
    world().fake.faults.followNeverEnds = true;
    const { id } = await world().started();
    const run = await world().ended(id);

    expect(run.phase).toBe('succeeded');
    expect(run.gaps).toMatchObject([{ task: 'driver' }]);
    const lines = await world().lines(id);
    expect(run.logsComplete).toEqual({ lastLine: lines.length });
    expect((run.endedAt ?? 0) - (run.finishedAt ?? 0)).toBeLessThan(62_000);
  });

  it('with a gap of which the engine tells, told once', async () => {
    const { engine } = world();
    const gap: LogChunk = {
      type: 'gap',
      source: { id: 'gone', task: 'GENERATE:1' },
      from: 1,
      to: 2,
      reason: 'node gone',
      resume: 'x',
    };
    world().fake.faults.followBreaksAfter = 4;
    const { keepers, start } = world().process({
      change: ports => ({
        ...ports,
        engine: override<Engine>(engine, {
          follow: async function* follow(...args) {
            yield gap;
            yield* engine.follow(...args);
          },
        }),
      }),
    });
    keepers.start();
    const { stored } = await world().clock.finish(start());
    const run = await world().ended(stored.run.id);

    expect(run.gaps).toEqual([
      { task: 'GENERATE:1', afterLine: 0, from: 1, to: 2, reason: 'node gone' },
    ]);
    expect(run.phase).toBe('succeeded');
    expect(await world().lines(run.id)).toHaveLength(
      world().fake.made[0].output.length,
    );
  });

  it('and no further, once it is complete', async () => {
    world().fake.faults.leftovers = ['pod a'];
    const { id, keepers } = await world().started();
    await world().reached(id, 'finishing');
    await world().clock.advance(1_000);
    await world().clock.finish(keepers.stop());
    const { logsComplete } = await world().run(id);
    world().fake.made[0].write('driver', 'very late');
    world().process().keepers.start();
    await world().clock.advance(1_000);
    world().fake.faults.leftovers = [];
    const run = await world().ended(id);

    expect(run.logsComplete).toEqual(logsComplete);
    expect(await world().lines(id)).toHaveLength(logsComplete?.lastLine ?? -1);
  });
});
