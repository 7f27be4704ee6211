const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
const RANDOM_CHARACTERS = 7;

/**
 * "r" and 7 random characters of a-z and 0-9: fit for names in Kubernetes.
 *
 * @param randomInt - a whole number from 0 to below `max`: `crypto.randomInt`
 */
export function newRunId(randomInt: (max: number) => number): string {
  const characters = Array.from(
    { length: RANDOM_CHARACTERS },
    () => ALPHABET[randomInt(ALPHABET.length)],
  );
  return `r${characters.join('')}`;
}
