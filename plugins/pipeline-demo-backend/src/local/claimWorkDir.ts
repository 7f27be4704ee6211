import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive, processTable } from './processes';
import { errorCode, namesIn, readWhole, writeWhole } from './runFolder';
import type { ProcessIdentity } from './runFolder';

/** In the work directory: a file for each backend process that works on it. */
const PORTALS = '.portals';

/** Which process it is, and which database it has. */
interface Mark extends ProcessIdentity {
  readonly database: string;
}

/** What a process claims. */
export interface WorkDirClaim {
  readonly workDir: string;
  /** Tells its database from every other one. */
  readonly database: string;
}

/**
 * Marks a work directory with the database of this process. The runs in it
 * are those of one database: who has another one would take them for left
 * over, and clear them away. Processes with the same database may share it,
 * and marks of processes that are gone count for nothing.
 *
 * A directory that cannot be written is not refused here: the engine's health
 * says so, and nothing is cleared away there.
 *
 * @throws Error when a living process with another database works on it
 */
export async function claimWorkDir(claim: WorkDirClaim): Promise<void> {
  const folder = join(claim.workDir, PORTALS);
  const own = join(folder, `${process.pid}.json`);
  try {
    await mkdir(folder, { recursive: true });
    await leaveMark(own, claim.database);
  } catch (error) {
    if (errorCode(error) === undefined) {
      throw error;
    }
    return;
  }
  // The mark is there before the others are looked at: of two that start at
  // once, one sees the other.
  const other = await findStranger(folder, claim.database);
  if (other) {
    await rm(own, { force: true });
    throw new Error(
      `The work directory ${claim.workDir} is in use by process ${other.pid}, which keeps its runs in another database; give this portal a pipelineDemo.local.workDir of its own`,
    );
  }
}

async function leaveMark(file: string, database: string): Promise<void> {
  const self = await processTable().find(process.pid);
  if (self) {
    const { pid, startedAt } = self;
    const mark: Mark = { pid, startedAt, database };
    writeWhole(file, mark);
  }
}

/** A living process with another database. Marks of dead ones are tidied up. */
async function findStranger(
  folder: string,
  database: string,
): Promise<Mark | undefined> {
  for (const name of await namesIn(folder)) {
    const file = join(folder, name);
    const mark = name.endsWith('.json')
      ? await readWhole<Mark>(file)
      : undefined;
    if (mark && !(await isAlive(mark))) {
      await rm(file, { force: true });
    } else if (mark && mark.database !== database) {
      return mark;
    }
  }
  return undefined;
}
