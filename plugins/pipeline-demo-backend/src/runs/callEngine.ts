import type { Clock } from '../ports/Clock';

/** Longest that one call of an engine may take before it is aborted, and counts as failed. */
export const ENGINE_CALL_TIMEOUT_MS = 30_000;

/**
 * Calls an engine with a signal that is aborted with the caller's, or after
 * `timeoutMs`. Returns only after the call has returned, so that it cannot act
 * behind our back.
 */
export async function callEngine<T>(
  clock: Clock,
  signal: AbortSignal,
  timeoutMs: number,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const done = new AbortController();
  const late = new AbortController();
  const waiting = clock
    .sleep(timeoutMs, AbortSignal.any([signal, done.signal]))
    .then(() => {
      if (!done.signal.aborted) {
        late.abort(new Error(`The engine did not answer in ${timeoutMs} ms`));
      }
    });
  try {
    return await call(AbortSignal.any([signal, late.signal]));
  } finally {
    done.abort();
    await waiting;
  }
}
