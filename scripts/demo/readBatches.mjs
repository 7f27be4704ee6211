const MIN = 1;
const MAX = 12;
const DEFAULT = 5;

/**
 * How many batches the arguments ask for: `--batches 3`, `--batches=3`, or
 * none of it.
 *
 * @throws Error with one sentence for anything else
 */
export function readBatches(args) {
  const [first, second, ...rest] = args.flatMap(arg =>
    arg.startsWith('--batches=') ? ['--batches', arg.slice(10)] : [arg],
  );
  if (first === undefined) {
    return DEFAULT;
  }
  if (first !== '--batches' || rest.length > 0) {
    throw new Error(
      `Only --batches is understood here, not "${args.join(
        ' ',
      )}": npm run demo -- --batches 3`,
    );
  }
  const batches = Number(second);
  const isWhole = /^\d+$/.test(second ?? '');
  if (!isWhole || batches < MIN || batches > MAX) {
    throw new Error(
      `--batches needs a whole number from ${MIN} to ${MAX}, not ${
        second === undefined ? 'nothing' : `"${second}"`
      }.`,
    );
  }
  return batches;
}
