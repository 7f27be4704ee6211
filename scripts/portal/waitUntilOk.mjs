import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 200;
/** One answer; the page answers only when it is compiled. */
const ANSWER_MS = 120_000;

/**
 * Asks until the URL answers with 200.
 *
 * @throws Error with the last answer when the signal is aborted before that
 */
export async function waitUntilOk(url, signal) {
  let last = 'no answer';
  while (!signal.aborted) {
    try {
      const response = await fetch(url, {
        signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
      });
      if (response.ok) {
        await response.arrayBuffer();
        return;
      }
      last = `${response.status} ${await response.text()}`;
    } catch (error) {
      // Refused until it listens: the reason is told if it never does.
      last = error.cause?.message ?? error.message;
    }
    await sleep(POLL_MS, undefined, { ref: true });
  }
  throw new Error(`${url} did not come up: ${last}`);
}
