import type { Clock } from '../ports/Clock';

/** Returns when `done` has resolved, after `ms`, or when the signal is aborted. */
export async function waitAtMost(
  clock: Clock,
  signal: AbortSignal,
  ms: number,
  done: Promise<void>,
): Promise<void> {
  const over = new AbortController();
  await Promise.race([
    done,
    clock.sleep(ms, AbortSignal.any([signal, over.signal])),
  ]);
  over.abort();
}
