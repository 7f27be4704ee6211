import { linkSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  Attempt,
  Outcome,
  RunSpec,
  TaskId,
} from 'backstage-plugin-pipeline-demo-common';

/*
 * What the engine and the supervisor of a run say to each other is in the
 * run's folder, and nowhere else:
 *
 *   run.json         the order: written once, before the supervisor starts
 *   supervisor.json  the claim: which process has the run; made once, by it
 *   heartbeat        touched each second, for people who look
 *   facts.ndjson     one fact a line, only appended
 *   stamps           "time offset source": when a log had grown to where
 *   driver.log       the supervisor's own words
 *   cancelled        empty; there when the engine has asked the run to end
 *   exit.json        what became of the run: the last thing it writes
 *   supervisor.log   what Node itself printed
 *   work/GENERATE_1  a task's folder, with .command.sh, .command.log, .exitcode
 *
 * This file, like all that supervisor.ts imports, runs under Node's own type
 * stripping: Node's modules, types, and imports with their file extension.
 */

/** One task, as the supervisor runs it. */
export interface TaskOrder {
  readonly id: TaskId;
  /** Its folder in `work`, and its name as a log source: `GENERATE_1`. */
  readonly name: string;
  /** As Nextflow's log names it: `GENERATE (1)`. */
  readonly title: string;
  readonly command: readonly string[];
  readonly needs: readonly TaskId[];
  /** Files of other tasks that are linked into its folder: `GENERATE_1/batch_1.csv`. */
  readonly inputs: readonly string[];
}

/** Everything a supervisor has to know. */
export interface RunOrder {
  readonly v: 1;
  readonly spec: RunSpec;
  /** In the environment of every process of the run, and in no log. */
  readonly nonce: string;
  readonly slots: number;
  readonly deadlineMs: number;
  /** Epoch milliseconds. */
  readonly deadlineAt: number;
  readonly binFolder: string;
  readonly tasks: readonly TaskOrder[];
}

/** A process that no later one can be mistaken for. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it was started, in the platform's own words. */
  readonly startedAt: string;
}

/** A line of `facts.ndjson`. */
export interface TaskFact {
  readonly at: number;
  readonly task: TaskId;
  readonly attempt: Attempt;
}

/** The content of `exit.json`. */
export type RunExit =
  | {
      readonly type: 'exited';
      readonly at: number;
      readonly outcome: Outcome;
    }
  | {
      readonly type: 'deadline';
      readonly at: number;
      readonly message: string;
    };

/** Where things are. */
export interface RunFiles {
  readonly folder: string;
  readonly order: string;
  readonly claim: string;
  readonly heartbeat: string;
  readonly facts: string;
  readonly stamps: string;
  readonly driverLog: string;
  readonly cancelled: string;
  readonly exit: string;
  readonly supervisorLog: string;
  readonly reserve: string;
  readonly work: string;
}

export function runFiles(folder: string): RunFiles {
  return {
    folder,
    order: join(folder, 'run.json'),
    claim: join(folder, 'supervisor.json'),
    heartbeat: join(folder, 'heartbeat'),
    facts: join(folder, 'facts.ndjson'),
    stamps: join(folder, 'stamps'),
    driverLog: join(folder, 'driver.log'),
    cancelled: join(folder, 'cancelled'),
    exit: join(folder, 'exit.json'),
    supervisorLog: join(folder, 'supervisor.log'),
    reserve: join(folder, 'reserve'),
    work: join(folder, 'work'),
  };
}

/** The log of a source: `driver`, or a task's name. */
export function logFile(files: RunFiles, source: string): string {
  return source === DRIVER_SOURCE
    ? files.driverLog
    : join(files.work, source, '.command.log');
}

/** The driver's name among the log sources. */
export const DRIVER_SOURCE = 'driver';

/** Only the owner reads it: the order holds the nonce. */
const FILE_MODE = 0o600;

/** Writes a file that is there whole, or not at all. */
export function writeWhole(file: string, value: unknown): void {
  const draft = `${file}.${process.pid}.tmp`;
  writeFileSync(draft, `${JSON.stringify(value)}\n`, { mode: FILE_MODE });
  renameSync(draft, file);
}

/**
 * Writes a file whole, unless it is there already.
 *
 * @returns false when it was there, whoever made it
 */
export function writeOnce(file: string, value: unknown): boolean {
  const draft = `${file}.${process.pid}.${Math.random()}.tmp`;
  writeFileSync(draft, `${JSON.stringify(value)}\n`, { mode: FILE_MODE });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') {
      return false;
    }
    throw error;
  } finally {
    unlinkSync(draft);
  }
}

/** The content of one of the run's JSON files; undefined when there is none. */
export async function readWhole<T>(file: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    throw error;
  }
}

/** What is in a folder; nothing when there is none. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) {
      return [];
    }
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '');
}

/** `ENOENT` and the like; undefined for what is no system error. */
export function errorCode(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}
