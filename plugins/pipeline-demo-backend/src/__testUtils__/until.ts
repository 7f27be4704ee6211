import { setTimeout } from 'node:timers/promises';

const POLL_MS = 30;
/** Less than a test may take, so that the last answer is told. */
const PATIENCE_MS = 55_000;

/**
 * Asks again and again, in real time, until the answer is what a test waits
 * for.
 *
 * @throws Error when it never is
 */
export async function until<T>(
  ask: () => Promise<T> | T,
  isIt: (answer: T) => boolean,
): Promise<T> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (isIt(answer)) {
      return answer;
    }
    if (Date.now() > giveUpAt) {
      throw new Error(`Still not so: ${JSON.stringify(answer)}`);
    }
    await setTimeout(POLL_MS);
  }
}
