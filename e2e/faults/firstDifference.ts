/** Of long lists one wants to see where they part, and not all of them. */
export function firstDifference<T>(
  actual: readonly T[],
  expected: readonly T[],
): object | undefined {
  const length = Math.max(actual.length, expected.length);
  for (let index = 0; index < length; index += 1) {
    const pair = [actual[index], expected[index]].map(value =>
      JSON.stringify(value),
    );
    if (pair[0] !== pair[1]) {
      const lengths = `${actual.length} and ${expected.length}`;
      return {
        index,
        lengths,
        actual: actual[index],
        expected: expected[index],
      };
    }
  }
  return undefined;
}
