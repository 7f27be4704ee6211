import { ServiceUnavailableError } from '@backstage/errors';
import type { Forecast, RunSpec } from 'backstage-plugin-pipeline-demo-common';
import type { StoredRun } from '../ports/RunStore';
import { CannotFitError } from './CannotFitError';
import { SlotTakenError } from './SlotTakenError';
import { forecastNow, requireBatchCount } from './previewRun';
import type { PreviewDeps } from './previewRun';
import type { RunKeepers } from './RunKeepers';

/** How long a start waits for the slot of a run that is finishing or cancelling. */
export const SLOT_WAIT_MS = 15_000;

/** How often it looks. */
const SLOT_POLL_MS = 250;

/** `Retry-After` when the slot did not get free in time. */
const CLOSING_RETRY_SECONDS = 5;

/** `Retry-After` when a run is in the middle of its work. */
const ACTIVE_RETRY_SECONDS = 30;

/** What `startRun` works with. */
export interface StartDeps extends PreviewDeps {
  readonly keepers: Pick<RunKeepers, 'begin'>;
  /** "r" and 7 random characters of a-z and 0-9: see `newRunId`. */
  readonly newId: () => string;
  /** Seed of the data: a whole number, 0 to 2^31 - 1. */
  readonly newSeed: () => number;
}

/** Who asks for what. */
export interface StartRequest {
  readonly batchCount: number;
  /** Entity ref of the one who asks. */
  readonly createdBy: string;
  readonly entityRef?: string;
  /** The same key by the same creator returns the run it made. */
  readonly idempotencyKey?: string;
  /** What to do when a run is active: watch that one, or refuse. */
  readonly ifActive: 'attach' | 'reject';
}

/** A new run; or the active one; or the one that the same request has made before. */
export interface StartResult {
  readonly type: 'created' | 'attached' | 'repeated';
  readonly stored: StoredRun;
}

/**
 * Starts a run, unless one is active: the row first, then the answer; a keeper
 * drives it from there. Waits up to `SLOT_WAIT_MS` for the slot of a run that
 * is about to end.
 *
 * @throws InputError for a batch count outside the plan's bounds
 * @throws CannotFitError when the run cannot fit, with the verdict's reason
 * @throws SlotTakenError when the slot is taken: see `ifActive`
 * @throws ServiceUnavailableError when this process is stopping
 */
export async function startRun(
  deps: StartDeps,
  request: StartRequest,
): Promise<StartResult> {
  requireBatchCount(request.batchCount);
  const { clock, runs, signal, keepers } = deps;
  const waitUntil = clock.now() + SLOT_WAIT_MS;
  for (;;) {
    if (signal.aborted) {
      throw new ServiceUnavailableError('The server stops; try another one');
    }
    const active = await runs.active();
    const predicted = active
      ? undefined
      : await requireFit(deps, request.batchCount);
    // With a run in the slot this stores nothing, but it knows a repeated key.
    const result = await keepers.begin(specOf(deps, request, predicted), {
      idempotencyKey: request.idempotencyKey,
    });
    if (result.type !== 'active') {
      return { type: result.type, stored: result.stored };
    }
    if (!isClosing(result.stored)) {
      return attach(result.stored, request);
    }
    await waitForSlot(deps, result.stored, waitUntil);
  }
}

async function requireFit(
  deps: PreviewDeps,
  batchCount: number,
): Promise<Forecast> {
  const predicted = await forecastNow(deps, batchCount);
  if (predicted.verdict === 'cannot-fit') {
    throw new CannotFitError(predicted.reason);
  }
  return predicted;
}

function specOf(
  deps: StartDeps,
  request: StartRequest,
  predicted: Forecast | undefined,
): RunSpec {
  return {
    id: deps.newId(),
    batchCount: request.batchCount,
    engine: deps.engine.name,
    createdBy: request.createdBy,
    createdAt: deps.clock.now(),
    seed: deps.newSeed(),
    entityRef: request.entityRef,
    predicted,
  };
}

function isClosing({ run }: StoredRun): boolean {
  return run.phase === 'finishing' || run.phase === 'cancelling';
}

function attach(stored: StoredRun, request: StartRequest): StartResult {
  const { id, batchCount } = stored.run;
  if (request.ifActive === 'reject') {
    throw new SlotTakenError(
      `Run ${id} with ${batchCount} batches is active`,
      id,
      ACTIVE_RETRY_SECONDS,
    );
  }
  return { type: 'attached', stored };
}

/** Returns when another run, or none, is in the slot. */
async function waitForSlot(
  { clock, runs, signal }: StartDeps,
  closing: StoredRun,
  waitUntil: number,
): Promise<void> {
  const { id, phase } = closing.run;
  while (!signal.aborted) {
    if (clock.now() >= waitUntil) {
      throw new SlotTakenError(
        `Run ${id} is still ${phase}; its slot is not free yet`,
        id,
        CLOSING_RETRY_SECONDS,
      );
    }
    await clock.sleep(SLOT_POLL_MS, signal);
    const active = await runs.active();
    if (active?.run.id !== id) {
      return;
    }
  }
}
