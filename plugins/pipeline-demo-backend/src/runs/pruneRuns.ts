import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Clock } from '../ports/Clock';
import type { RunStore } from '../ports/RunStore';

/** How many ended runs are kept, and how long. */
export interface Retention {
  readonly keepRuns: number;
  readonly maxAgeMs: number;
}

/** Forgets ended runs that are too many or too old, with their events and lines. */
export async function pruneRuns(
  {
    runs,
    clock,
    logger,
  }: {
    readonly runs: RunStore;
    readonly clock: Clock;
    readonly logger: LoggerService;
  },
  { keepRuns, maxAgeMs }: Retention,
): Promise<void> {
  const pruned = await runs.prune({
    keep: keepRuns,
    endedBefore: clock.now() - maxAgeMs,
  });
  if (pruned.length > 0) {
    logger.info('Pruned runs', { count: pruned.length });
  }
}
