import type { RunPhase } from 'backstage-plugin-pipeline-demo-common';
import type { Alarm } from '../live/Alarm';
import type { KeepContext } from './KeepContext';

/** How often the store is asked: another process may have stored the wish. */
const CANCEL_POLL_MS = 1_000;

const CANCELLABLE: readonly RunPhase[] = ['queued', 'starting', 'running'];

/**
 * Makes an event of the stored wish to cancel, as long as that could change
 * anything. `alarm` makes it look now.
 */
export async function watchCancel(
  { runs, spec, journal, clock, logger, signal }: KeepContext,
  alarm: Alarm,
): Promise<void> {
  while (!signal.aborted && CANCELLABLE.includes(journal.run.phase)) {
    try {
      const by = await runs.cancelAskedBy(spec.id);
      if (by !== undefined && !signal.aborted) {
        journal.add({ type: 'CancelAsked', at: clock.now(), by });
        await journal.settled();
        return;
      }
    } catch (error) {
      logger.warn('Wishes to cancel are not known', { error: String(error) });
    }
    await alarm.sleep(CANCEL_POLL_MS, signal);
  }
}
