import { TestDatabases } from '@backstage/backend-test-utils';
import { createRunWorld } from './runWorld';
import type { RunWorld } from './runWorld';
import type { FakeScript } from './FakeRun';

/** A world of its own for each test; `script` says how its runs go. */
export function useRunWorld(script: Partial<FakeScript> = {}): () => RunWorld {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let world: RunWorld;
  beforeEach(async () => {
    world = await createRunWorld(await databases.init('SQLITE_3'), script);
  });
  afterEach(() => world.close());
  return () => world;
}
