import { InputError } from '@backstage/errors';
import {
  BATCH_COUNT,
  DEFAULT_FOOTPRINT,
  KUBERNETES_CAPACITY,
  NOMINAL_DURATIONS,
  forecast,
  freeOf,
} from 'backstage-plugin-pipeline-demo-common';
import type {
  Forecast,
  PreviewView,
} from 'backstage-plugin-pipeline-demo-common';
import type { Clock } from '../ports/Clock';
import type { Engine } from '../ports/Engine';
import type { RunStore } from '../ports/RunStore';
import { callEngine } from './callEngine';
import { durationsFrom } from './durationsFrom';

/** Somebody waits for the answer: shorter than other calls of the engine. */
const CAPACITY_TIMEOUT_MS = 5_000;

/** How many of the newest runs the predicted durations come from. */
const PAST_RUNS = 10;

/** What `previewRun` works with. */
export interface PreviewDeps {
  readonly engine: Engine;
  readonly runs: RunStore;
  readonly clock: Clock;
  /** Aborted when the process stops. */
  readonly signal: AbortSignal;
}

/**
 * What a run of `batchCount` batches will need, on the engine's capacity of
 * now.
 *
 * @throws InputError when there is no run of that size
 */
export async function previewRun(
  deps: PreviewDeps,
  batchCount: number,
): Promise<PreviewView> {
  const [predicted, active] = await Promise.all([
    forecastNow(deps, batchCount),
    deps.runs.active(),
  ]);
  return {
    ...predicted,
    kubernetes:
      deps.engine.name === 'kubernetes'
        ? undefined
        : forecast({
            engine: 'kubernetes',
            batchCount,
            footprint: DEFAULT_FOOTPRINT,
            capacity: KUBERNETES_CAPACITY,
            durations: NOMINAL_DURATIONS.kubernetes,
          }),
    free: freeOf(predicted.capacity),
    activeRunId: active?.run.id ?? null,
  };
}

/** The forecast on fresh capacity. @throws InputError when there is no run of that size */
export async function forecastNow(
  deps: PreviewDeps,
  batchCount: number,
): Promise<Forecast> {
  requireBatchCount(batchCount);
  const { engine, runs, clock, signal } = deps;
  const [capacity, past] = await Promise.all([
    callEngine(clock, signal, CAPACITY_TIMEOUT_MS, aborted =>
      engine.capacity(aborted),
    ),
    runs.pastDurations(engine.name, PAST_RUNS),
  ]);
  return forecast({
    engine: engine.name,
    batchCount,
    footprint: engine.footprint,
    capacity,
    durations: durationsFrom(engine.name, past),
  });
}

/** @throws InputError when there is no run of that size */
export function requireBatchCount(batchCount: number): void {
  const { min, max } = BATCH_COUNT;
  if (!Number.isInteger(batchCount) || batchCount < min || batchCount > max) {
    throw new InputError(
      `A run has ${min} to ${max} batches, a whole number, not ${batchCount}`,
    );
  }
}
