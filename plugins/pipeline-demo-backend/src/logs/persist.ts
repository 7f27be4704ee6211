import type { LoggerService } from '@backstage/backend-plugin-api';
import { Backoff } from '../live/Backoff';
import type { Clock } from '../ports/Clock';
import { LeaseLostError } from '../ports/RunStore';
import type { Lease, RunStore, StoredRun } from '../ports/RunStore';

const WRITE_RETRY = { minMs: 100, maxMs: 5_000 };

/** What `persist` works with. */
export interface PersistDeps {
  readonly runs: RunStore;
  readonly lease: Lease;
  readonly clock: Clock;
  readonly logger: LoggerService;
  /** Aborted when the keeper stops. */
  readonly signal: AbortSignal;
}

/**
 * Writes until it is written. An error may hide that the commit went through,
 * so before each repetition it looks whether the store has it.
 *
 * @param isStored - whether the run, as it is stored, contains what was written
 * @throws LeaseLostError at once; the signal's reason when it is aborted
 *   before the write is known to be stored
 */
export async function persist(
  deps: PersistDeps,
  write: () => Promise<void>,
  isStored: (stored: StoredRun) => boolean,
): Promise<void> {
  const { clock, logger, signal } = deps;
  const backoff = Backoff.create(WRITE_RETRY);
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    try {
      if (attempt === 1 || !isStored(await readBack(deps))) {
        await write();
      }
      return;
    } catch (error) {
      if (error instanceof LeaseLostError) {
        throw error;
      }
      logger.warn('A write has failed', { attempt, error: String(error) });
      await clock.sleep(backoff.next(), signal);
    }
  }
}

async function readBack({ runs, lease }: PersistDeps): Promise<StoredRun> {
  const stored = await runs.get(lease.runId);
  if (stored?.epoch !== lease.epoch) {
    throw new LeaseLostError(
      `Run ${lease.runId} has epoch ${stored?.epoch}, not ${lease.epoch}`,
    );
  }
  return stored;
}
