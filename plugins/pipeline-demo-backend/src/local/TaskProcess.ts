import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { basename, join } from 'node:path';
import { GrowingLog } from './GrowingLog.ts';
import { TASK_VARIABLE, processTable } from './processes.ts';
import { errorCode, logFile, writeWhole } from './runFolder.ts';
import type { RunFiles, RunOrder, TaskOrder } from './runFolder.ts';

/** How a task's process came to its end. */
export type TaskEnd =
  | { readonly type: 'exited'; readonly exitCode: number }
  | { readonly type: 'killed'; readonly signal: NodeJS.Signals }
  | { readonly type: 'notStarted'; readonly message: string };

/** A shell adds this to the number of the signal that ended a command. */
const SIGNAL_EXIT_CODE = 128;

/**
 * One task's process and those it starts: a group of their own, writing
 * straight into the task's `.command.log`, so that nobody between can lose a
 * line.
 */
export class TaskProcess {
  readonly task: TaskOrder;
  readonly log: GrowingLog;
  readonly ended: Promise<TaskEnd>;
  readonly #child: ChildProcess;
  readonly #folder: string;

  private constructor(
    task: TaskOrder,
    folder: string,
    log: GrowingLog,
    child: ChildProcess,
  ) {
    this.task = task;
    this.#folder = folder;
    this.log = log;
    this.#child = child;
    this.ended = new Promise(resolve => {
      child.once('error', ({ message }) =>
        resolve({ type: 'notStarted', message }),
      );
      child.once('exit', (exitCode, signal) =>
        resolve(
          signal === null
            ? { type: 'exited', exitCode: exitCode ?? 0 }
            : { type: 'killed', signal },
        ),
      );
    });
  }

  /** @throws when the task's folder cannot be prepared */
  static start(order: RunOrder, files: RunFiles, task: TaskOrder): TaskProcess {
    const folder = join(files.work, task.name);
    mkdirSync(folder, { recursive: true });
    for (const input of task.inputs) {
      symlinkSync(join('..', input), join(folder, basename(input)));
    }
    writeFileSync(join(folder, '.command.sh'), script(order, task));
    writeFileSync(join(folder, '.command.begin'), '');
    const log = GrowingLog.open(logFile(files, task.name));
    const child = spawn('bash', ['.command.sh'], {
      cwd: folder,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      env: { ...process.env, [TASK_VARIABLE]: task.id },
    });
    return new TaskProcess(task, folder, log, child);
  }

  /** Undefined when it could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Leaves word of the process, for platforms that hide its environment. */
  async leaveIdentity(): Promise<void> {
    const found = this.pid && (await processTable().find(this.pid));
    if (found) {
      const { pid, startedAt } = found;
      writeWhole(join(this.#folder, '.command.pid'), { pid, startedAt });
    }
  }

  /** To the whole group; nothing happens when it is empty. */
  kill(signal: NodeJS.Signals): void {
    if (this.pid === undefined) {
      return;
    }
    try {
      process.kill(-this.pid, signal);
    } catch (error) {
      // macOS says EPERM of a group of zombies.
      if (!['ESRCH', 'EPERM'].includes(errorCode(error) ?? '')) {
        throw error;
      }
    }
  }

  leaveExitCode(end: TaskEnd): void {
    if (end.type === 'notStarted') {
      return;
    }
    const code =
      end.type === 'exited'
        ? end.exitCode
        : SIGNAL_EXIT_CODE + constants.signals[end.signal];
    writeWhole(join(this.#folder, '.exitcode'), code);
  }
}

/** The task as a file, in Nextflow's manner: `bash .command.sh` does it again. */
function script(order: RunOrder, task: TaskOrder): string {
  const [program, ...args] = task.command;
  const command = [join(order.binFolder, program), ...args]
    .map(quote)
    .join(' ');
  return [
    '#!/usr/bin/env bash',
    `# ${task.title}`,
    `export PATH=${quote(order.binFolder)}:"$PATH"`,
    `exec bash ${command}`,
    '',
  ].join('\n');
}

function quote(word: string): string {
  return /^[\w./=:-]+$/.test(word)
    ? word
    : `'${word.replaceAll("'", "'\\''")}'`;
}
