import { join, resolve } from 'node:path';
import type { RunSpec, TaskId } from 'backstage-plugin-pipeline-demo-common';
import type { Breaker } from '../ports/Breaker';
import { readWhole, runFiles } from './runFolder';
import type { ProcessIdentity, RunFiles, RunOrder } from './runFolder';
import { sendSignal } from './removeRun';
import { processesOf } from './runProcesses';

/** Breaks tasks of the runs of a work directory: SIGKILL to all their processes. */
export function createBreaker(options: { readonly workDir: string }): Breaker {
  const workDir = resolve(options.workDir);
  return {
    async breakTask({ id }: RunSpec, task: TaskId): Promise<boolean> {
      const files = runFiles(join(workDir, id));
      const group = await groupOf(files, task);
      const found = (await processesOf(files)).filter(
        // Where the platform hides its mark, a process is known by its group.
        one => one.task === task || one.group === group,
      );
      sendSignal('SIGKILL', found);
      return found.length > 0;
    },
  };
}

/** The number of a task's process group, as far as it has left word of it. */
async function groupOf(
  files: RunFiles,
  task: TaskId,
): Promise<number | undefined> {
  const order = await readWhole<RunOrder>(files.order);
  const name = order?.tasks.find(({ id }) => id === task)?.name;
  const leader =
    name === undefined
      ? undefined
      : await readWhole<ProcessIdentity>(
          join(files.work, name, '.command.pid'),
        );
  return leader?.pid;
}
