import type { Clock } from '../ports/Clock';

const LOOK_INTERVAL_MS = 1_000;

/** What `unlessSilent` works with. */
export interface SilenceOptions {
  readonly clock: Clock;
  /** Asked again and again: what is too long may change. */
  readonly limitMs: () => number;
}

/**
 * Passes on what a connection brings, and breaks the connection when nothing
 * has come for too long: nobody tells us when the other end is gone. Time in
 * which we are busy ourselves does not count.
 *
 * @throws Error when it was silent for too long
 */
export async function* unlessSilent<T>(
  open: (signal: AbortSignal) => AsyncIterable<T>,
  { clock, limitMs }: SilenceOptions,
  signal: AbortSignal,
): AsyncGenerator<T, void> {
  const connection = new AbortController();
  const either = AbortSignal.any([signal, connection.signal]);
  let waitingSince: number | undefined;
  const look = async () => {
    while (!either.aborted) {
      await clock.sleep(LOOK_INTERVAL_MS, either);
      const silentMs = clock.now() - (waitingSince ?? clock.now());
      if (silentMs > limitMs()) {
        connection.abort(new Error(`Nothing was heard for ${silentMs} ms`));
      }
    }
  };
  const looking = look();
  try {
    waitingSince = clock.now();
    for await (const part of open(either)) {
      waitingSince = undefined;
      yield part;
      waitingSince = clock.now();
    }
    either.throwIfAborted();
  } finally {
    connection.abort();
    await looking;
  }
}
