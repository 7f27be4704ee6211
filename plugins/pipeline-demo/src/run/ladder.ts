import type {
  Attempt,
  PlannedSpan,
  Run,
  Task,
} from 'backstage-plugin-pipeline-demo-common';
import { isStuck } from './stuck';

/** A step of an attempt, by its word. */
export type StepName =
  | 'planned'
  | 'submitted'
  | 'starting'
  | 'running'
  | 'finished'
  | 'failed'
  | 'cancelled';

/** When a step was, or is expected; times in epoch milliseconds. */
export interface LadderStep {
  readonly step: StepName;
  /** Missing: nobody knows. */
  readonly at?: number;
  readonly isForecast: boolean;
  /** Milliseconds since the step before; missing for what is expected. */
  readonly after?: number;
}

/** The steps of an attempt, from the plan to its end. */
export function ladderOf(options: {
  readonly run: Run;
  readonly task: Task;
  readonly attempt?: Attempt;
  readonly span?: PlannedSpan;
  readonly now: number;
}): LadderStep[] {
  const { run, attempt } = options;
  const { starts, ends } = expected(options);
  const known: readonly (readonly [StepName, number?, number?])[] = [
    ['planned', run.createdAt],
    ['submitted', attempt?.waitingAt ?? attempt?.createdAt],
    ['starting', attempt?.startingAt],
    ['running', attempt?.runningAt, starts],
    [endOf(attempt), attempt?.endedAt, ends],
  ];
  let before: number | undefined;
  return known.map(([step, at, foreseen]) => {
    if (at === undefined) {
      return { step, at: foreseen, isForecast: true };
    }
    const after = before === undefined ? undefined : Math.max(0, at - before);
    before = at;
    return { step, at, isForecast: false, after };
  });
}

function endOf(attempt: Attempt | undefined): StepName {
  switch (attempt?.phase) {
    case 'failed':
    case 'cancelled':
      return attempt.phase;
    default:
      return 'finished';
  }
}

/**
 * What the forecast says, moved to where it can still come true: of a task that
 * cannot begin nobody knows.
 */
function expected(options: {
  readonly run: Run;
  readonly task: Task;
  readonly attempt?: Attempt;
  readonly span?: PlannedSpan;
  readonly now: number;
}): { readonly starts?: number; readonly ends?: number } {
  const { run, task, attempt, span, now } = options;
  if (!span || run.finishedAt !== undefined || isStuck(run, task)) {
    return {};
  }
  const starts = Math.max(now, run.createdAt + span.from * 1000);
  const ends = (attempt?.runningAt ?? starts) + (span.to - span.from) * 1000;
  return { starts, ends: Math.max(now, ends) };
}
