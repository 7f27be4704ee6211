import { TestDatabases } from '@backstage/backend-test-utils';
import { plan } from 'backstage-plugin-pipeline-demo-common';
import { createRunWorld } from '../testing/runWorld';
import type { RunWorld } from '../testing/runWorld';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

describe('RunKeepers', () => {
  let world: RunWorld;
  beforeEach(async () => {
    world = await createRunWorld(await databases.init('SQLITE_3'));
  });
  afterEach(() => world.close());

  const phaseOf = async (id: string) => (await world.runs.get(id))?.run.phase;

  it('drives a run from the click to success', async () => {
    const { keepers, start } = world.process();
    keepers.start();
    const { type, stored } = await start({ batchCount: 3 });
    expect(type).toBe('created');
    const { id } = stored.run;
    await world.clock.until(async () => (await phaseOf(id)) === 'succeeded');

    const run = await world.run(id);
    expect(run.report?.batchCount).toBe(3);
    expect(run.tasks.map(({ phase }) => phase)).toEqual(
      plan(3).tasks.map(() => 'succeeded'),
    );
    const lines = await world.lines(id);
    expect(run.logsComplete).toEqual({ lastLine: lines.length });
    expect(lines).toHaveLength(world.fake.made[0].output.length);
    expect(await world.engine.left(run)).toEqual([]);
    expect(world.fake.made).toHaveLength(1);
  });
});
