import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Update } from '../live/Broadcaster';
import type { Lease, StoredRun } from '../ports/RunStore';

/** Why a keeper came to its end: the run has ended; `stop`; another owner has the lease; an error nobody expected. */
export type KeeperEnd = 'ended' | 'stopped' | 'lost' | 'broken';

/**
 * Who watches what the keepers of this process do: measurements, say. It is
 * told after the viewers, and nobody waits for it.
 */
export interface RunObserver {
  /** A run is kept from here on; what is published follows on `stored`. */
  kept(lease: Lease, stored: StoredRun): void;
  /** Stored by the run's keeper, in the order of the numbers. */
  published(update: Update): void;
  /** The engine was observed at this time (epoch milliseconds). */
  seen(runId: string, at: number): void;
  /** The run is no longer kept. */
  letGo(runId: string, end: KeeperEnd): void;
}

/** Many observers as one. What one of them throws is logged, and stops nobody. */
export function allObservers(
  observers: readonly RunObserver[],
  logger: LoggerService,
): RunObserver {
  const tell = (runId: string, word: (observer: RunObserver) => void) => {
    for (const observer of observers) {
      try {
        word(observer);
      } catch (error) {
        logger.child({ runId }).error('An observer has failed', error as Error);
      }
    }
  };
  return {
    kept: (lease, stored) => tell(lease.runId, one => one.kept(lease, stored)),
    published: update => tell(update.runId, one => one.published(update)),
    seen: (runId, at) => tell(runId, one => one.seen(runId, at)),
    letGo: (runId, end) => tell(runId, one => one.letGo(runId, end)),
  };
}
