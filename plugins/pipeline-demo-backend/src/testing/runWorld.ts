import type { LoggerService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { newRun, reduce } from 'backstage-plugin-pipeline-demo-common';
import type { LogLine, Run } from 'backstage-plugin-pipeline-demo-common';
import type { Knex } from 'knex';
import { DatabaseLogStore } from '../database/DatabaseLogStore';
import { DatabaseRunStore } from '../database/DatabaseRunStore';
import { Broadcaster } from '../live/Broadcaster';
import { LogRing } from '../logs/LogRing';
import type { Clock } from '../ports/Clock';
import type { Engine } from '../ports/Engine';
import type { LogStore } from '../ports/LogStore';
import type { RunStore } from '../ports/RunStore';
import { RunKeepers } from '../runs/RunKeepers';
import { startRun } from '../runs/startRun';
import type { StartRequest, StartResult } from '../runs/startRun';
import { FakeClock } from './FakeClock';
import { FakeEngine, createFakeWorld } from './FakeEngine';
import type { FakeWorld } from './FakeEngine';
import type { FakeScript } from './FakeRun';
import { mortal } from './mortal';
import type { Life } from './mortal';

export const LEASE_MS = 15_000;

/** Ports of one process. */
export interface ProcessPorts {
  readonly engine: Engine;
  readonly runs: RunStore;
  readonly logs: LogStore;
  readonly clock: Clock;
}

/** What one process of the backend is made of, but for its routes. */
export interface Process extends ProcessPorts {
  readonly keepers: RunKeepers;
  readonly broadcaster: Broadcaster;
  start(request?: Partial<StartRequest>): Promise<StartResult>;
}

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
  return {
    clock,
    fake,
    engine,
    runs,
    logs,
    process({ owner = 'single', life, change = asTheyAre } = {}) {
      const ports = change({ engine, runs, logs, clock });
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
}

function asTheyAre(ports: ProcessPorts): ProcessPorts {
  return ports;
}

function mortalPorts(ports: ProcessPorts, life: Life): ProcessPorts {
  return {
    engine: mortal(ports.engine, life),
    runs: mortal(ports.runs, life),
    logs: mortal(ports.logs, life),
    clock: mortal(ports.clock, life),
  };
}

function createProcess(
  ports: ProcessPorts,
  owner: string,
  newId: () => string,
): Process {
  const logger: LoggerService = mockServices.logger.mock();
  const logs = LogRing.create(ports.logs);
  const broadcaster = Broadcaster.create({ ...ports, logs, logger });
  const keepers = RunKeepers.create({
    ...ports,
    logs,
    broadcaster,
    logger: { ...logger, child: () => logger },
    owner,
    leaseMs: LEASE_MS,
    retention: { keepRuns: 1_000, maxAgeMs: 365 * 24 * 60 * 60_000 },
  });
  const { signal } = keepers;
  const deps = { ...ports, keepers, newId, newSeed: () => 1, signal };
  return {
    ...ports,
    logs,
    keepers,
    broadcaster,
    start: (request = {}) =>
      startRun(deps, {
        batchCount: 2,
        createdBy: 'user:default/guest',
        ifActive: 'attach',
        ...request,
      }),
  };
}

async function storedRun(runs: RunStore, runId: string): Promise<Run> {
  const stored = await runs.get(runId);
  if (!stored) {
    throw new Error(`There is no run ${runId}`);
  }
  const { id, batchCount, engine, createdBy, createdAt, seed, entityRef } =
    stored.run;
  const spec = { id, batchCount, engine, createdBy, createdAt, seed };
  const events = await runs.events(runId, 0, 100_000);
  const folded = events.reduce(
    reduce,
    newRun(entityRef === undefined ? spec : { ...spec, entityRef }),
  );
  expect(stored.run).toEqual(folded);
  return stored.run;
}
