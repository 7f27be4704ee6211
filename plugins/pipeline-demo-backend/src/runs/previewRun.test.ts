import { InputError } from '@backstage/errors';
import { NOMINAL_DURATIONS } from 'backstage-plugin-pipeline-demo-common';
import { override } from '../testing/override';
import { useRunWorld } from '../testing/useRunWorld';
import { previewRun } from './previewRun';

const world = useRunWorld();

describe('previewRun', () => {
  it('tells what a run would need, here and on Kubernetes', async () => {
    const { deps } = world().process();
    const preview = await world().clock.finish(previewRun(deps, 5));

    expect(preview).toMatchObject({
      engine: 'local',
      batchCount: 5,
      taskCount: 11,
      parallelSlots: 4,
      activeRunId: null,
      kubernetes: { engine: 'kubernetes', batchCount: 5 },
    });
    expect(preview.durations).toEqual(NOMINAL_DURATIONS.local);
    expect(preview.free).toBeUndefined();
  });

  it('names the active run, and then learns from it', async () => {
    const { id, deps } = await world().started();
    const during = await world().clock.finish(previewRun(deps, 1));
    expect(during.activeRunId).toBe(id);
    await world().ended(id);
    const after = await world().clock.finish(previewRun(deps, 1));

    expect(after.activeRunId).toBeNull();
    expect(after.durations.basis).toEqual({ type: 'history', runs: 1 });
    // One step to running, five lines and the end.
    expect(after.durations.seconds.GENERATE).toBeCloseTo(0.6);
    expect(after.durations.stepSeconds).toBe(
      NOMINAL_DURATIONS.local.stepSeconds,
    );
  });

  it('says what is free where there is a limit', async () => {
    const { deps } = world().process();
    const engine = override(deps.engine, {
      name: 'kubernetes',
      capacity: async () => ({
        basis: 'quota',
        at: world().clock.now(),
        limit: { cpu: 14, memory: 50 },
        used: { cpu: 3, memory: 60 },
      }),
    });
    const preview = await world().clock.finish(
      previewRun({ ...deps, engine }, 1),
    );

    expect(preview.free).toEqual({ cpu: 11, memory: 0 });
    expect(preview.kubernetes).toBeUndefined();
  });

  it.each([0, 13, 1.5])('has none for %d batches', async batchCount => {
    const { deps } = world().process();
    await expect(previewRun(deps, batchCount)).rejects.toThrow(InputError);
  });

  it('does not wait for ever for an engine that does not answer', async () => {
    const { deps, clock } = world().process();
    const engine = override(deps.engine, {
      capacity: async signal => {
        await clock.sleep(3_600_000, signal);
        throw signal.reason;
      },
    });
    await expect(
      world().clock.finish(previewRun({ ...deps, engine }, 1)),
    ).rejects.toThrow('did not answer in 5000 ms');
  });
});
