import { newRunId } from '../runs/newRunId';
import { systemClock } from '../SystemClock';
import { randomInt } from 'node:crypto';
import { engineContract } from './engineContract';
import { FakeEngine, createFakeWorld } from './FakeEngine';

engineContract('FakeEngine', async () => {
  const world = createFakeWorld(systemClock, { stepMs: 2 });
  return {
    engine: FakeEngine.create(world),
    another: () => FakeEngine.create(world),
    foreign: () => FakeEngine.create(world, 'another portal'),
    newRun: batchCount => ({
      id: newRunId(randomInt),
      batchCount,
      engine: 'local',
      createdBy: 'user:default/guest',
      createdAt: systemClock.now(),
      seed: 1,
    }),
    written: async ({ id }, task) => world.runs.get(id)?.written(task) ?? [],
    close: async () => {
      world.runs.forEach(run => run.removeObjects());
    },
  };
});
