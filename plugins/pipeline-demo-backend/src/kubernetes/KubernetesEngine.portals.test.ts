import { OWN_PORTAL } from '../testing/clusterWorld';
import { finished, launched, observed, patience } from '../testing/engineRuns';
import { createFakeClusterWorld } from '../testing/fakeClusterWorld';
import type { FakeClusterWorld } from '../testing/fakeClusterWorld';
import type { FakeWorkflow } from '../testing/FakeNextflow';
import { PORTAL_LABEL } from './objectNames';

jest.setTimeout(60_000);

describe('KubernetesEngine, beside that of another portal', () => {
  let world: FakeClusterWorld;
  const play = async (changes: Partial<FakeWorkflow> = {}) => {
    world = await createFakeClusterWorld(changes);
    return world;
  };
  afterEach(() => world.close());

  it("refuses a run while another portal's is under way, and makes nothing", async () => {
    const { engine, foreign, newRun, objects } = await play({ stepMs: 50 });
    const theirs = await launched(world, 1);
    const before = objects.everSeen('configmaps');
    await expect(foreign().launch(newRun(1), patience())).rejects.toMatchObject(
      {
        name: 'LaunchRefusedError',
        message: `Another portal uses the namespace fake now: run ${theirs.id} of the portal ${OWN_PORTAL} is under way.`,
        code: 'NamespaceInUse',
      },
    );
    expect(objects.everSeen('configmaps')).toEqual(before);

    await observed(engine, theirs);
    await foreign().launch(newRun(1), patience());
  });

  it('lets at most one of two portals begin at the same instant', async () => {
    const { engine, foreign, newRun } = await play({ stepMs: 50 });
    const launches = await Promise.allSettled(
      [engine, foreign()].map(one => one.launch(newRun(1), patience())),
    );
    const refused = launches.filter(({ status }) => status === 'rejected');
    expect(refused).not.toEqual([]);
    expect(refused).toEqual(
      refused.map(() => ({
        status: 'rejected',
        reason: expect.objectContaining({ code: 'NamespaceInUse' }),
      })),
    );
  });

  it('says on each object whose run it is', async () => {
    const { objects } = await play();
    await finished(world, 2);
    const labels = (['configmaps', 'jobs', 'pods'] as const).flatMap(kind =>
      objects.everSeen(kind).map(({ metadata }) => metadata?.labels),
    );
    expect(labels).toHaveLength(1 + 6 + 6);
    labels.forEach(found =>
      expect(found).toMatchObject({ [PORTAL_LABEL]: OWN_PORTAL }),
    );
  });
});
