import type { LoggerService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { Broadcaster } from '../live/Broadcaster';
import { LogRing } from '../logs/LogRing';
import type { Clock } from '../ports/Clock';
import type { Engine } from '../ports/Engine';
import type { LogStore } from '../ports/LogStore';
import type { RunStore } from '../ports/RunStore';
import { RunKeepers } from '../runs/RunKeepers';
import { allObservers } from '../runs/RunObserver';
import type { RunObserver } from '../runs/RunObserver';
import { startRun } from '../runs/startRun';
import type { StartDeps, StartRequest, StartResult } from '../runs/startRun';
import { mortal } from './mortal';
import type { Life } from './mortal';

/** Longer than the regular work of a process takes to notice anything. */
const LEASE_MS = 15_000;

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
  /** What `startRun` and its siblings work with. */
  readonly deps: StartDeps;
  start(request?: Partial<StartRequest>): Promise<StartResult>;
}

/** The ports, as a process with this life has them. */
export function mortalPorts(ports: ProcessPorts, life: Life): ProcessPorts {
  return {
    engine: mortal(ports.engine, life),
    runs: mortal(ports.runs, life),
    logs: mortal(ports.logs, life),
    clock: mortal(ports.clock, life),
  };
}

/** A process on its ports. */
export function createProcess(
  ports: ProcessPorts,
  owner: string,
  newId: () => string,
  observers: readonly RunObserver[] = [],
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
    observer: allObservers(observers, logger),
  });
  const { signal } = keepers;
  const deps: StartDeps = {
    ...ports,
    keepers,
    newId,
    newSeed: () => 1,
    signal,
  };
  return {
    ...ports,
    logs,
    keepers,
    broadcaster,
    deps,
    start: (request = {}) =>
      startRun(deps, {
        batchCount: 2,
        createdBy: 'user:default/guest',
        ifActive: 'attach',
        ...request,
      }),
  };
}
