import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 25;
/** A machine that has other work to do is slow, and not broken. */
const PATIENCE_MS = 120_000;

/**
 * Asks until the answer is the one that is waited for.
 *
 * @param what - is waited for, for the error
 * @throws Error with the last answer when it never comes
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T> | T,
  isIt: (answer: T) => boolean = Boolean,
  patienceMs: number = PATIENCE_MS,
): Promise<T> {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (isIt(answer)) {
      return answer;
    }
    if (performance.now() > giveUpAt) {
      throw new Error(`Not so: ${what}; but ${JSON.stringify(answer)}`);
    }
    await sleep(POLL_MS);
  }
}
