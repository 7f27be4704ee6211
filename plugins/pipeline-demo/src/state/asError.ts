/** A rejection as an Error: a promise may reject with anything. */
export function asError(failure: unknown): Error {
  return failure instanceof Error ? failure : new Error(String(failure));
}
