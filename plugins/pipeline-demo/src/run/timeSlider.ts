import type { Run, TaskPhase } from 'backstage-plugin-pipeline-demo-common';

/** The end of a task on the slider. */
export interface EndMark {
  readonly task: string;
  readonly phase: Extract<TaskPhase, 'succeeded' | 'failed'>;
  /** Seconds since the run was asked for. */
  readonly seconds: number;
}

/** The slider moves by these: fine enough for runs of a few seconds. */
export const FINEST_SECONDS = 0.1;

/** When tasks ended by themselves, all attempts of them. */
export function endMarks(run: Run): EndMark[] {
  return run.tasks.flatMap(task =>
    task.attempts.flatMap(({ phase, endedAt }) =>
      endedAt !== undefined && (phase === 'succeeded' || phase === 'failed')
        ? [{ task: task.id, phase, seconds: secondsOf(run, endedAt) }]
        : [],
    ),
  );
}

/**
 * How long the slider is, in seconds: as long as the run was; while it goes on,
 * as long as it is expected to be.
 *
 * @param end - the last moment there is, in epoch milliseconds
 * @param expected - seconds; missing: not known
 */
export function sliderLength(
  run: Run,
  end: number,
  expected: number | undefined,
): number {
  const seconds = secondsOf(run, end);
  const length =
    run.finishedAt === undefined ? Math.max(seconds, expected ?? 0) : seconds;
  return Math.max(
    FINEST_SECONDS,
    Math.ceil(length / FINEST_SECONDS) * FINEST_SECONDS,
  );
}

/** Seconds since the run was asked for. */
export function secondsOf(run: Run, at: number): number {
  return Math.max(0, (at - run.createdAt) / 1000);
}

/** Seconds that a key moves the slider by; undefined: the key is not ours. */
export function stepOfKey(key: string): number | undefined {
  return KEY_STEPS[key];
}

/** The browser's own steps are those of the pointer. */
const KEY_STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
};
