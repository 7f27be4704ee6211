/** A stream that begins when something is done. */
export async function* after<T>(
  before: Promise<void>,
  stream: AsyncIterable<T>,
): AsyncGenerator<T, void> {
  await before;
  yield* stream;
}
