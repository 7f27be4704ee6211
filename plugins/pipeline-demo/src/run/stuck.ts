import type { Run, Task } from 'backstage-plugin-pipeline-demo-common';

/** What ends by itself, as soon as others end. */
const WAITS_FOR_OTHERS: readonly string[] = [
  'NamespaceInUse',
  'NoFreeSlot',
  'QuotaExceeded',
];

/** Whether a task cannot begin, and the engine says why: no room is no hindrance. */
export function isStuck(run: Run, task: Task): boolean {
  if (run.phase !== 'running' || run.outcome !== undefined) {
    return false;
  }
  if (task.phase !== 'waiting' && task.phase !== 'starting') {
    return false;
  }
  const { reason } = task.attempts[task.attempts.length - 1] ?? {};
  return reason !== undefined && !WAITS_FOR_OTHERS.includes(reason.code);
}
