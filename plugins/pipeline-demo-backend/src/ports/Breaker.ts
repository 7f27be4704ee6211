import type { RunSpec, TaskId } from 'backstage-plugin-pipeline-demo-common';

/**
 * Ends a task the hard way, so that one can see what a failure looks like. A
 * port of its own: no engine has to, and a portal of a company should not.
 */
export interface Breaker {
  /**
   * Kills what runs of a task, without a chance to tidy up. What follows is
   * seen as after any other death.
   *
   * @returns false when nothing of it runs
   */
  breakTask(run: RunSpec, task: TaskId, signal: AbortSignal): Promise<boolean>;
}
