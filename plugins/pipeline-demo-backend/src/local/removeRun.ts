import { rm, writeFile } from 'node:fs/promises';
import type { Clock } from '../ports/Clock';
import type { FoundProcess } from './processes';
import { KILL_GRACE_MS, failed } from './RunDriver';
import { errorCode, readWhole, writeOnce } from './runFolder';
import type { ProcessIdentity, RunFiles, RunOrder } from './runFolder';
import { processesOf } from './runProcesses';

/** The supervisor ends its tasks itself, within its own grace. */
const SUPERVISOR_WAIT_MS = KILL_GRACE_MS + 1_000;
const KILL_WAIT_MS = 1_000;
const LOOK_INTERVAL_MS = 50;
/** A folder into which something was just written is tried again. */
const DELETE_RETRIES = 3;

/** Ends a run's processes, its supervisor first, and deletes its folder: `Engine.remove`. */
export async function removeRun(
  files: RunFiles,
  keep: 'logs' | 'nothing',
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const left = () => processesOf(files);
  const supervisors = async () => (await left()).filter(isSupervisor);
  const alive = await supervisors();
  if (alive.length > 0) {
    await leaveWord(files);
  }
  sendSignal('SIGTERM', alive);
  await haveEnded(supervisors, SUPERVISOR_WAIT_MS, clock, signal);
  // Those of a supervisor that was dead, or died before it could ask them.
  sendSignal('SIGTERM', await left());
  if (!(await haveEnded(left, KILL_GRACE_MS, clock, signal))) {
    sendSignal('SIGKILL', await left());
    await haveEnded(left, KILL_WAIT_MS, clock, signal);
  }
  if ((await processesOf(files)).length > 0) {
    return;
  }
  if (keep === 'nothing') {
    await deleteFolder(files);
  } else {
    await endUnbegun(files, clock);
  }
}

/** So that the supervisor can tell us from somebody else who ends it. */
async function leaveWord(files: RunFiles): Promise<void> {
  try {
    await writeFile(files.cancelled, '');
  } catch {
    // On a full disk, or without its folder, the run ends with other words.
  }
}

/** Of a launch that was cut off there is an order, which nobody may take up any more. */
async function endUnbegun(files: RunFiles, clock: Clock): Promise<void> {
  const isOrdered = await readWhole<RunOrder>(files.order);
  if (isOrdered && !(await readWhole<ProcessIdentity>(files.claim))) {
    const message = 'The run was removed before it began.';
    const exit = { ...failed('driver-failed', message), at: clock.now() };
    writeOnce(files.exit, exit);
  }
}

/** Only what was made for a run, whatever its name: the order says so, and goes last. */
async function deleteFolder(files: RunFiles): Promise<void> {
  if (!(await readWhole<RunOrder>(files.order))) {
    return;
  }
  for (const folder of [files.work, files.folder]) {
    await rm(folder, {
      recursive: true,
      force: true,
      maxRetries: DELETE_RETRIES,
    });
  }
}

/** A complete list of the run's processes, in words: `Engine.left`. */
export async function leftOf(files: RunFiles): Promise<readonly string[]> {
  const processes = await processesOf(files);
  return processes.map(found =>
    isSupervisor(found)
      ? `supervisor ${found.pid}`
      : `process ${found.pid} (${found.task ?? 'a task'})`,
  );
}

function isSupervisor({ run, task }: FoundProcess): boolean {
  return run !== undefined && task === undefined;
}

async function haveEnded(
  list: () => Promise<readonly FoundProcess[]>,
  withinMs: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<boolean> {
  const since = performance.now();
  while ((await list()).length > 0) {
    if (signal.aborted || performance.now() - since > withinMs) {
      return false;
    }
    await clock.sleep(LOOK_INTERVAL_MS, signal);
  }
  return true;
}

/** What has just gone by itself needs none. */
export function sendSignal(
  name: 'SIGTERM' | 'SIGKILL',
  processes: readonly FoundProcess[],
): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, name);
    } catch (error) {
      // It has just gone by itself.
      if (errorCode(error) !== 'ESRCH') {
        throw error;
      }
    }
  }
}
