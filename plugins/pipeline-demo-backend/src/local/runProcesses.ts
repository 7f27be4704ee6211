import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { processTable } from './processes';
import type { FoundProcess } from './processes';
import { namesIn, readWhole } from './runFolder';
import type { ProcessIdentity, RunFiles, RunOrder } from './runFolder';

/** How the processes of a run are told from all others. */
export interface RunMarks {
  /** The value of RUN_VARIABLE. */
  readonly run: string;
  /** Undefined when the run's folder is gone. */
  readonly nonce?: string;
  /** The first processes of the tasks' groups. */
  readonly leaders: readonly ProcessIdentity[];
}

/** Hexadecimal digits that tell one work directory from another. */
const WORK_DIR_DIGITS = 16;

/** The value of RUN_VARIABLE for a run: its work directory, as a hash, and its id. */
export function runMark(folder: string): string {
  return `${workDirMark(dirname(folder))}.${basename(folder)}`;
}

/** What the marks of all runs of a work directory begin with. */
export function workDirMark(workDir: string): string {
  const hash = createHash('sha256').update(workDir).digest('hex');
  return hash.slice(0, WORK_DIR_DIGITS);
}

/** A complete list of the living processes of a run, its supervisor first. */
export async function processesOf(
  files: RunFiles,
): Promise<readonly FoundProcess[]> {
  const order = await readWhole<RunOrder>(files.order);
  const marks: RunMarks = {
    run: runMark(files.folder),
    ...(order && { nonce: order.nonce }),
    leaders: await leadersOf(files),
  };
  return pickMarked(await processTable().list(), marks);
}

/**
 * Those that carry a mark of the run, or, where the platform hides the
 * environment, belong to the group of one of its tasks. A group whose number
 * a stranger leads now is not the run's any more.
 */
export function pickMarked(
  all: readonly FoundProcess[],
  marks: RunMarks,
): readonly FoundProcess[] {
  const byPid = new Map(all.map(found => [found.pid, found]));
  const groups = new Set(
    marks.leaders
      .filter(({ pid, startedAt }) => {
        const leader = byPid.get(pid);
        return !leader || leader.startedAt === startedAt;
      })
      .map(({ pid }) => pid),
  );
  const supervisorsFirst = (a: FoundProcess, b: FoundProcess) =>
    Number(a.task !== undefined) - Number(b.task !== undefined);
  return all
    .filter(({ run, nonce, group }) =>
      run === undefined && nonce === undefined
        ? groups.has(group)
        : run === marks.run || (nonce !== undefined && nonce === marks.nonce),
    )
    .sort(supervisorsFirst);
}

async function leadersOf(files: RunFiles): Promise<ProcessIdentity[]> {
  const claim = await readWhole<ProcessIdentity>(files.claim);
  const names = await namesIn(files.work);
  const tasks = await Promise.all(
    names.map(name =>
      readWhole<ProcessIdentity>(join(files.work, name, '.command.pid')),
    ),
  );
  return [claim, ...tasks].filter(leader => leader !== undefined);
}
