import type { LoggerService } from '@backstage/backend-plugin-api';
import { BATCH_COUNT, isEnded } from 'backstage-plugin-pipeline-demo-common';
import type { RunSpec } from 'backstage-plugin-pipeline-demo-common';
import type { Clock } from '../ports/Clock';
import type { Engine } from '../ports/Engine';
import type { RunStore } from '../ports/RunStore';
import { ENGINE_CALL_TIMEOUT_MS, callEngine } from './callEngine';

/** What `sweepRuns` works with. */
export interface SweepDeps {
  readonly engine: Engine;
  readonly runs: RunStore;
  readonly clock: Clock;
  readonly logger: LoggerService;
}

/**
 * Removes what the engine still has of runs that have ended: what was made
 * late, what could not be removed before, and logs, which are stored. One
 * pass; a failure is left to the next one.
 *
 * A run that the store does not know was pruned, and goes when it is unknown
 * for the second time. As a run's row is there before anything of it is, it
 * cannot be one that is being started.
 *
 * @param unknownBefore - what the sweep before this one returned
 * @returns the ids that are unknown to the store
 */
export async function sweepRuns(
  deps: SweepDeps,
  unknownBefore: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const { engine, runs, clock, logger } = deps;
  const unknown = new Set<string>();
  const ids = await callEngine(clock, signal, ENGINE_CALL_TIMEOUT_MS, aborted =>
    engine.runIds(aborted),
  );
  for (const id of ids) {
    const stored = await runs.get(id);
    if (signal.aborted) {
      break;
    }
    if (!stored) {
      unknown.add(id);
    }
    if (stored ? isEnded(stored.run.phase) : unknownBefore.has(id)) {
      logger.info('Removing what is left of a run', { runId: id });
      await removeAll(deps, stored?.run ?? strayRun(id, deps), signal);
    }
  }
  return unknown;
}

async function removeAll(
  { engine, clock, logger }: SweepDeps,
  spec: RunSpec,
  signal: AbortSignal,
): Promise<void> {
  try {
    await callEngine(clock, signal, ENGINE_CALL_TIMEOUT_MS, aborted =>
      engine.remove(spec, 'nothing', aborted),
    );
  } catch (error) {
    const runId = spec.id;
    logger.warn('A run is not swept', { runId, error: String(error) });
  }
}

/** All that an engine needs for removing is the id. */
function strayRun(id: string, { engine, clock }: SweepDeps): RunSpec {
  return {
    id,
    batchCount: BATCH_COUNT.max,
    engine: engine.name,
    createdBy: '',
    createdAt: clock.now(),
    seed: 0,
  };
}
