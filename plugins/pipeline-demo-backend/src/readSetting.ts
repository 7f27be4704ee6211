import { ConfigReader, readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds, type JsonValue } from '@backstage/types';

/** What a reader says of a value: what it is, or what it must be. */
export type Reading<T> =
  | { readonly type: 'value'; readonly value: T }
  | { readonly type: 'problem'; readonly mustBe: string };

/** Reads a value of the configuration that is there. */
export type ReadValue<T> = (value: JsonValue) => Reading<T>;

/** What fits into every name of Kubernetes, with dots for those that have parts. */
const OBJECT_NAME = /^[a-z0-9]([-.a-z0-9]{0,61}[a-z0-9])?$/;

/** A whole number within bounds. */
export function wholeNumber(min: number, max: number): ReadValue<number> {
  return value =>
    typeof value === 'number' &&
    Number.isInteger(value) &&
    value >= min &&
    value <= max
      ? { type: 'value', value }
      : problem(`a whole number from ${min} to ${max}`);
}

/** A text that is not empty. */
export function text(example: string): ReadValue<string> {
  return value =>
    typeof value === 'string' && value.trim() !== ''
      ? { type: 'value', value: value.trim() }
      : problem(`a text such as "${example}"`);
}

/** A name of Kubernetes: lower-case letters, digits and dashes. */
export function objectName(example: string): ReadValue<string> {
  return value =>
    typeof value === 'string' && OBJECT_NAME.test(value)
      ? { type: 'value', value }
      : problem(
          `a name of lower-case letters, digits and dashes such as "${example}"`,
        );
}

/** A list of such values. */
export function listOf<T>(readValue: ReadValue<T>): ReadValue<readonly T[]> {
  return value => {
    if (!Array.isArray(value)) {
      return problem('a list');
    }
    const readings = value.map(readValue);
    const wrong = readings.find(reading => reading.type === 'problem');
    return wrong?.type === 'problem'
      ? problem(`a list, each of it ${wrong.mustBe}`)
      : {
          type: 'value',
          value: readings.flatMap(reading =>
            reading.type === 'value' ? [reading.value] : [],
          ),
        };
  };
}

/** One end of what a quantity may be. */
export interface QuantityBound {
  readonly amount: number;
  readonly words: string;
}

/** A quantity as Kubernetes writes it: 2, "500m", "4Gi". */
export function quantity(
  parse: (text: string) => number | undefined,
  bounds: {
    readonly min: QuantityBound;
    readonly max: QuantityBound;
    readonly example: string;
  },
): ReadValue<number> {
  const { min, max, example } = bounds;
  return value => {
    const amount =
      typeof value === 'number' || typeof value === 'string'
        ? parse(String(value))
        : undefined;
    return amount !== undefined && amount >= min.amount && amount <= max.amount
      ? { type: 'value', value: amount }
      : problem(
          `a quantity from ${min.words} to ${max.words}, such as "${example}"`,
        );
  };
}

/** Yes or no. */
export function yesOrNo(): ReadValue<boolean> {
  return value =>
    typeof value === 'boolean'
      ? { type: 'value', value }
      : problem('true or false');
}

/** One of some words. */
export function oneOf<W extends string>(words: readonly W[]): ReadValue<W> {
  return value => {
    const word = words.find(known => known === value);
    return word === undefined
      ? problem(words.map(known => `"${known}"`).join(' or '))
      : { type: 'value', value: word };
  };
}

/**
 * A duration: "30s", "P30D" or { minutes: 5 }.
 *
 * @returns milliseconds
 */
export function duration(
  min: { readonly ms: number; readonly words: string },
  max: { readonly ms: number; readonly words: string },
): ReadValue<number> {
  return value => {
    const ms = milliseconds(value);
    return ms !== undefined && ms >= min.ms && ms <= max.ms
      ? { type: 'value', value: ms }
      : problem(
          `a duration from ${min.words} to ${max.words}, such as "${min.words}" or { minutes: 5 }`,
        );
  };
}

function milliseconds(value: JsonValue): number | undefined {
  try {
    return durationToMilliseconds(
      readDurationFromConfig(new ConfigReader({ value }), { key: 'value' }),
    );
  } catch {
    // What it must be is said in one sentence, for all that it may be instead.
    return undefined;
  }
}

function problem(mustBe: string): Reading<never> {
  return { type: 'problem', mustBe };
}
