import { join } from 'node:path';
import { processTable } from './processes';
import { namesIn, readWhole, runFiles } from './runFolder';
import type { RunOrder } from './runFolder';
import { workDirMark } from './runProcesses';

/** What a run's id looks like: never a path. */
export const RUN_ID = /^[a-z][a-z0-9]*$/;

/** The runs that have a folder. Others may keep things there too: an order makes it a run's. */
export async function runIdsOfFolders(workDir: string): Promise<string[]> {
  const names = (await namesIn(workDir)).filter(name => RUN_ID.test(name));
  const orders = await Promise.all(
    names.map(name => readWhole<RunOrder>(runFiles(join(workDir, name)).order)),
  );
  return names.filter((_, index) => orders[index] !== undefined);
}

/** The runs that have living processes, though their folder may be gone. */
export async function runIdsOfProcesses(workDir: string): Promise<string[]> {
  const prefix = `${workDirMark(workDir)}.`;
  const found = await processTable().list();
  return found
    .map(({ run = '' }) => run)
    .filter(run => run.startsWith(prefix))
    .map(run => run.slice(prefix.length));
}
