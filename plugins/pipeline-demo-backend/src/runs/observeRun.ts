import type { RunEventBody } from 'backstage-plugin-pipeline-demo-common';
import { Backoff } from '../live/Backoff';
import type { Fact } from '../ports/Engine';
import type { KeepContext } from './KeepContext';

const OBSERVE_RETRY = { minMs: 250, maxMs: 10_000 };

/**
 * Hands on what the engine sees, coming back as often as observing fails.
 * Returns when the signal is aborted: the run has got another phase, or the
 * keeper stops.
 */
export async function observeRun(
  { engine, spec, journal, clock, logger, onSeen }: KeepContext,
  signal: AbortSignal,
): Promise<void> {
  const backoff = Backoff.create(OBSERVE_RETRY);
  while (!signal.aborted) {
    try {
      for await (const fact of engine.observe(spec, signal)) {
        backoff.reset();
        if (fact.type === 'seen') {
          onSeen(fact.at);
        } else {
          journal.add(bodyOf(fact));
        }
      }
      // It ends after the fact that changes the phase; else it was cut off.
      await journal.settled();
    } catch (error) {
      if (!signal.aborted) {
        logger.warn('The run cannot be observed', { error: String(error) });
      }
    }
    await clock.sleep(backoff.next(), signal);
  }
}

function bodyOf(fact: Exclude<Fact, { readonly type: 'seen' }>): RunEventBody {
  switch (fact.type) {
    case 'task':
      return { ...fact, type: 'TaskMoved' };
    case 'driver':
      return { ...fact, type: 'DriverMoved' };
    case 'driverExited':
      return { ...fact, type: 'DriverExited' };
    case 'deadline':
      return { ...fact, type: 'Deadline' };
    case 'jobMissing':
      return { ...fact, type: 'JobMissing' };
    default:
      throw unknownFact(fact);
  }
}

function unknownFact(fact: never): Error {
  return new Error(`Unknown fact: ${JSON.stringify(fact)}`);
}
