import type { Run } from './run';
import type { TaskPhase } from './task';
import type { TaskCounts } from './view';

/** How far a run is, in tasks and in percent. @public */
export interface Progress {
  /** Tasks that have succeeded. */
  readonly finished: number;
  /** 2N+1. */
  readonly total: number;
  /** 0..100, whole. */
  readonly percent: number;
}

/**
 * Finished tasks over 2N+1. Goes back only when a newer attempt reopens a
 * finished task; it is 100 only when the run has succeeded and its report was
 * read, or is known to be unreadable. What failed or was cancelled is not
 * finished.
 *
 * @public
 */
export function progress(run: Run): Progress {
  const { succeeded: finished, total } = countTasks(run);
  const complete =
    run.outcome?.type === 'succeeded' &&
    (run.report !== undefined || run.reportProblem !== undefined);
  const percent = complete
    ? 100
    : Math.min(99, Math.floor((100 * finished) / total));
  return { finished, total, percent };
}

/** Tasks by phase. @public */
export function countTasks(run: Run): TaskCounts {
  const counts: Record<TaskPhase, number> = {
    planned: 0,
    waiting: 0,
    starting: 0,
    running: 0,
    succeeded: 0,
    failed: 0,
    cancelled: 0,
  };
  for (const task of run.tasks) {
    counts[task.phase] += 1;
  }
  return { total: run.tasks.length, ...counts };
}
