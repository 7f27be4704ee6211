import { mockServices } from '@backstage/backend-test-utils';
import { isEnded, newRun, reduce } from 'backstage-plugin-pipeline-demo-common';
import type {
  LogLine,
  Run,
  RunPhase,
} from 'backstage-plugin-pipeline-demo-common';
import type { Knex } from 'knex';
import { DatabaseLogStore } from '../database/DatabaseLogStore';
import { DatabaseRunStore } from '../database/DatabaseRunStore';
import type { LogStore } from '../ports/LogStore';
import type { RunStore } from '../ports/RunStore';
import { FakeClock } from './FakeClock';
import { FakeEngine, createFakeWorld } from './FakeEngine';
import type { FakeWorld } from './FakeEngine';
import type { FakeScript } from './FakeRun';
import type { Life } from './mortal';
import { createProcess, mortalPorts } from './runProcess';
import type { Process, ProcessPorts } from './runProcess';

/** A database, an engine and a clock, and processes on them. */
export interface RunWorld {
  readonly clock: FakeClock;
  readonly fake: FakeWorld;
  readonly engine: FakeEngine;
  readonly runs: RunStore;
  readonly logs: LogStore;
  /** Starts a process; with a `life` it can be killed, and need not be stopped. */
  process(options?: {
    readonly owner?: string;
    readonly life?: Life;
    /** Puts something between the process and its ports. */
    readonly change?: (ports: ProcessPorts) => ProcessPorts;
  }): Process;
  /** A process that works, and a run that it has begun. */
  started(batchCount?: number): Promise<Process & { readonly id: string }>;
  /** Lets time pass until the run is in the phase. */
  reached(runId: string, phase: RunPhase): Promise<void>;
  /** Lets time pass until the run has ended. */
  ended(runId: string): Promise<Run>;
  /** The run as it is stored, checked to be the fold of its events. */
  run(runId: string): Promise<Run>;
  lines(runId: string): Promise<readonly LogLine[]>;
  /** Stops all processes that cannot be killed. */
  close(): Promise<void>;
}

/** A world whose time is fake and whose database is real. */
export async function createRunWorld(
  knex: Knex,
  script: Partial<FakeScript> = {},
): Promise<RunWorld> {
  const clock = FakeClock.create();
  const fake = createFakeWorld(clock, script);
  const engine = FakeEngine.create(fake);
  const database = mockServices.database({ knex });
  const runs = await DatabaseRunStore.create({ database });
  const logs = await DatabaseLogStore.create({ database });
  const processes: Process[] = [];
  let created = 0;
  const phaseOf = async (id: string) => (await runs.get(id))?.run.phase;
  const world: RunWorld = {
    clock,
    fake,
    engine,
    runs,
    logs,
    process({ owner = 'single', life, change } = {}) {
      const plain = { engine, runs, logs, clock };
      const ports = change ? change(plain) : plain;
      const process = createProcess(
        life ? mortalPorts(ports, life) : ports,
        owner,
        () => {
          created += 1;
          return `r${clock.now()}x${created}`;
        },
      );
      if (!life) {
        processes.push(process);
      }
      return process;
    },
    async started(batchCount = 2) {
      const process = world.process();
      process.keepers.start();
      const { stored } = await clock.finish(process.start({ batchCount }));
      return { ...process, id: stored.run.id };
    },
    reached: (runId, phase) =>
      clock.until(async () => (await phaseOf(runId)) === phase),
    async ended(runId) {
      await clock.until(async () =>
        isEnded((await phaseOf(runId)) ?? 'queued'),
      );
      return storedRun(runs, runId);
    },
    run: runId => storedRun(runs, runId),
    lines: runId =>
      logs.read(runId, { from: 1, to: 1_000_000, limit: 1_000_000 }),
    async close() {
      for (const { keepers, broadcaster } of processes) {
        await clock.finish(keepers.stop());
        await clock.finish(broadcaster.close('The test ends'));
      }
    },
  };
  return world;
}

async function storedRun(runs: RunStore, runId: string): Promise<Run> {
  const stored = await runs.get(runId);
  if (!stored) {
    throw new Error(`There is no run ${runId}`);
  }
  const { id, batchCount, engine, createdBy, createdAt, seed } = stored.run;
  const { entityRef, predicted } = stored.run;
  const spec = { id, batchCount, engine, createdBy, createdAt, seed };
  const events = await runs.events(runId, 0, 100_000);
  const folded = events.reduce(
    reduce,
    newRun({ ...spec, entityRef, predicted }),
  );
  expect(stored.run).toEqual(folded);
  return stored.run;
}
