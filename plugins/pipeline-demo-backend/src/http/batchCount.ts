import { InputError } from '@backstage/errors';
import { BATCH_COUNT } from 'backstage-plugin-pipeline-demo-common';

/** The two spellings, in which they are looked for; the second is the earlier service's. */
const SPELLINGS = ['batchCount', 'batch_count'] as const;

/**
 * Reads the batch count of a request's JSON body: a number, in one spelling or
 * in both. A number in quotes is refused: who sends one sends other things in
 * quotes too, and should know early.
 *
 * @returns undefined when there is none
 * @throws InputError with a sentence that says what would be right
 */
export function batchCountOfBody(
  body: Readonly<Record<string, unknown>>,
): number | undefined {
  return agreed(body, value => value);
}

/**
 * Reads the batch count of a query string, where every value is text.
 *
 * @returns undefined when there is none
 * @throws InputError with a sentence that says what would be right
 */
export function batchCountOfQuery(
  query: Readonly<Record<string, unknown>>,
): number | undefined {
  return agreed(query, value =>
    typeof value === 'string' && /^\d{1,9}$/.test(value)
      ? Number(value)
      : value,
  );
}

function agreed(
  source: Readonly<Record<string, unknown>>,
  parse: (value: unknown) => unknown,
): number | undefined {
  const counts = SPELLINGS.filter(key => source[key] !== undefined).map(key =>
    requireBatchCount(key, parse(source[key])),
  );
  if (counts.length === 2 && counts[0] !== counts[1]) {
    throw new InputError(
      `batchCount is ${counts[0]} and batch_count is ${counts[1]}; they mean the same, so send one of them.`,
    );
  }
  return counts.at(0);
}

function requireBatchCount(key: string, value: unknown): number {
  const { min, max } = BATCH_COUNT;
  if (
    typeof value === 'number' &&
    Number.isInteger(value) &&
    value >= min &&
    value <= max
  ) {
    return value;
  }
  const hint =
    typeof value === 'string' && /^\d+$/.test(value)
      ? ' (a number, without quotes)'
      : '';
  throw new InputError(
    `${key} must be a whole number from ${min} to ${max}${hint}, not ${shown(
      value,
    )}.`,
  );
}

/** The value as the caller wrote it, in short. */
function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}
