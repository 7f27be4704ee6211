import { ConflictError, NotFoundError } from '@backstage/errors';
import { useRunWorld } from '../testing/useRunWorld';
import { cancelRun } from './cancelRun';

const world = useRunWorld();
const by = 'user:default/other';

describe('cancelRun', () => {
  it('cancels the active run, which its keeper learns at once', async () => {
    const { id, keepers } = await world().started();
    await world().reached(id, 'running');
    const deps = { runs: world().runs, keepers };
    const stored = await world().clock.finish(cancelRun(deps, { by }));
    expect(stored.run.id).toBe(id);
    await world().clock.settle();

    expect((await world().run(id)).phase).toBe('cancelling');
    expect((await world().ended(id)).cancelAskedBy).toBe(by);
  });

  it('cancels a run that another process keeps', async () => {
    const { id } = await world().started();
    await world().reached(id, 'running');
    const { keepers } = world().process({ owner: 'another' });
    await cancelRun({ runs: world().runs, keepers }, { runId: id, by });

    expect((await world().ended(id)).phase).toBe('cancelled');
  });

  it('cancels the named run and no other', async () => {
    const { id, keepers } = await world().started();
    const deps = { runs: world().runs, keepers };
    const other = { runId: 'rother', by };

    await expect(cancelRun(deps, other)).rejects.toThrow(NotFoundError);
    expect((await world().ended(id)).phase).toBe('succeeded');
    await expect(cancelRun(deps, { runId: id, by })).rejects.toThrow(
      ConflictError,
    );
  });

  it('finds nothing to cancel when no run is active', async () => {
    const { keepers } = world().process();
    const deps = { runs: world().runs, keepers };

    await expect(cancelRun(deps, { by })).rejects.toThrow(NotFoundError);
  });

  it('says so when the run has ended meanwhile', async () => {
    const { id, keepers } = await world().started();
    const stored = await world().runs.get(id);
    await world().ended(id);
    jest.spyOn(world().runs, 'active').mockResolvedValue(stored);
    jest.spyOn(world().runs, 'get').mockResolvedValueOnce(stored);
    const deps = { runs: world().runs, keepers };

    await expect(cancelRun(deps, { runId: id, by })).rejects.toThrow(
      ConflictError,
    );
    await expect(cancelRun(deps, { by })).rejects.toThrow(NotFoundError);
  });
});
