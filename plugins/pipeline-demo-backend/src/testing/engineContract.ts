import type { LogTask, RunSpec } from 'backstage-plugin-pipeline-demo-common';
import type { Engine } from '../ports/Engine';
import { PATIENCE_MS, bePatient, patience } from './engineRuns';
import { factsContract, launchContract } from './engineFactsContract';
import { followContract } from './engineFollowContract';
import { removeContract, reportContract } from './engineRemoveContract';

/** An engine in a world of its own. */
export interface EngineWorld {
  readonly engine: Engine;
  /** Another engine on the same world: after a restart, or on another replica. */
  another(): Engine;
  /** The engine of another portal, as near to this one as its kind allows. */
  foreign(): Engine;
  /** A run that was not launched yet; its tasks are as quick as they can be. */
  newRun(batchCount: number): RunSpec;
  /** What a task, or the driver, has written: from the world itself, not through the engine. */
  written(run: RunSpec, task: LogTask): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** The world of the test that runs now. */
export type CurrentWorld = () => EngineWorld;

/**
 * What every Engine promises, as tests. `setup` makes a world for each of
 * them, in which nothing takes longer than `patienceMs`.
 */
export function engineContract(
  name: string,
  setup: () => Promise<EngineWorld>,
  { patienceMs } = { patienceMs: PATIENCE_MS },
): void {
  jest.setTimeout(patienceMs);
  bePatient(patienceMs);
  describe(`${name}, as an engine`, () => {
    let current: EngineWorld;
    const world = () => current;
    beforeEach(async () => {
      current = await setup();
    });
    afterEach(() => current.close());

    launchContract(world);
    factsContract(world);
    followContract(world);
    removeContract(world);
    reportContract(world);

    it('says what it can give, and how it is', async () => {
      const signal = patience();
      const capacity = await current.engine.capacity(signal);
      expect(['slots', 'quota', 'nodes', 'none']).toContain(capacity.basis);
      expect(capacity.at).toBeGreaterThan(0);
      const health = await current.engine.health(signal);
      expect(health).toEqual({ ok: true, message: expect.any(String) });
    });
  });
}
