import { BY_CODE, BY_SITUATION } from './diagnoses';
import type { DiagnosisText } from './diagnoses';
import { formatDuration } from './formatDuration';

/** Why something does not move or has failed, and what to do. @public */
export interface Diagnosis {
  /** A stable word: the engine's code, or ours. */
  readonly reason: string;
  /** Why, in one sentence. */
  readonly sentence: string;
  /** What the platform itself said: to be shown as a quotation. */
  readonly evidence?: string;
  readonly advice: string;
}

/** Shorter waits are how things go, and are not explained: milliseconds. */
export const GRACE_MS = 5_000;

const MS_PER_SECOND = 1000;

/** What the reducer and the end of a process tell, without a code of the engine. */
export type Situation = keyof typeof BY_SITUATION;

/** What is said of a situation; `values` fill what stands in braces. */
export function situation(
  reason: Situation,
  values: Readonly<Record<string, string>>,
  evidence?: string,
): Diagnosis {
  return say(reason, BY_SITUATION[reason], values, evidence);
}

/** A text with its values, as a diagnosis for this reason. */
export function say(
  reason: string,
  text: DiagnosisText,
  values: Readonly<Record<string, string>>,
  evidence?: string,
): Diagnosis {
  const filled = text.sentence.replace(
    /\{(\w+)\}/g,
    (_, name: string) => values[name] ?? '',
  );
  const sentence = filled.charAt(0).toUpperCase() + filled.slice(1);
  return evidence
    ? { reason, sentence, evidence, advice: text.advice }
    : { reason, sentence, advice: text.advice };
}

/** A code comes from outside and may be the name of anything, `toString` too. */
export function textOf(code: string): DiagnosisText | undefined {
  return Object.hasOwn(BY_CODE, code) ? BY_CODE[code] : undefined;
}

/** From one time to another, both in epoch milliseconds: "0:12". */
export function age(from: number, now: number): string {
  return formatDuration((now - from) / MS_PER_SECOND);
}
