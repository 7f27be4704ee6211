const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 15_000;

/**
 * How long to wait after so many failures in a row (1, 2, ...): doubled each
 * time, and spread over its upper half, so that a thousand pages do not come
 * back in the same moment.
 *
 * @param chance - from 0 to less than 1
 * @returns milliseconds
 */
export function backoff(failures: number, chance: number): number {
  const delay = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - 1));
  return delay * (0.5 + chance / 2);
}
