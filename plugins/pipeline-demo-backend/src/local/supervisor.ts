import { existsSync } from 'node:fs';
import { Journal } from './Journal.ts';
import { processTable } from './processes.ts';
import { RunDriver, failed } from './RunDriver.ts';
import type { Verdict } from './RunDriver.ts';
import { errorCode, readWhole, runFiles, writeOnce } from './runFolder.ts';
import type { RunExit, RunFiles, RunOrder } from './runFolder.ts';

/*
 * The local twin of the Nextflow Job: a process in a session of its own that
 * runs the tasks of one run, and goes on whatever becomes of the backend.
 *
 *   node supervisor.ts --pipeline-demo-supervise <folder of the run>
 *
 * It takes its order from `run.json` and answers to nobody; SIGTERM ends the
 * run. There is never a second one for a run: whoever finds the claim taken
 * leaves, and a supervisor that dies is not replaced, since nobody could tell
 * what its tasks did meanwhile.
 */

/** The argument that makes a supervisor of a process that loads this module. */
export const SUPERVISE = '--pipeline-demo-supervise';

/** How soon after it was written a line has its time. */
const STAMP_INTERVAL_MS = 20;
const HEARTBEAT_INTERVAL_MS = 1_000;
const STOP_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

async function supervise(folder: string): Promise<void> {
  // For this process alone: its tasks get the environment that is left.
  delete process.env.NODE_COMPILE_CACHE;
  const files = runFiles(folder);
  const order = await readWhole<RunOrder>(files.order);
  if (!order) {
    throw new Error(`There is no order ${files.order}`);
  }
  if (!(await claim(files))) {
    return;
  }
  const journal = Journal.open(files);
  const driver = new RunDriver(order, files, journal);
  setInterval(() => driver.stamp(), STAMP_INTERVAL_MS);
  setInterval(() => beat(journal, driver), HEARTBEAT_INTERVAL_MS);
  setTimeout(() => driver.stop(deadline(order)), order.deadlineMs);
  for (const signal of STOP_SIGNALS) {
    process.on(signal, () =>
      driver.stop(failed('driver-failed', `${signal} ended the run.`)),
    );
  }
  driver.begin();
  const verdict = await driver.over;
  leave(journal, verdict, lastWords(verdict, files));
}

/** @returns false when another supervisor has the run, or had it, or when it was removed before it began */
async function claim(files: RunFiles): Promise<boolean> {
  if (await readWhole<RunExit>(files.exit)) {
    return false;
  }
  const self = await processTable().find(process.pid);
  if (!self) {
    throw new Error('A process that cannot see itself cannot be watched');
  }
  const { pid, startedAt } = self;
  return writeOnce(files.claim, { pid, startedAt });
}

function beat(journal: Journal, driver: RunDriver): void {
  try {
    journal.beat();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      // Somebody deleted the folder: there is nobody to tell, and nowhere.
      driver.abandon();
      process.exit(1);
    }
    throw error;
  }
}

function deadline({ deadlineMs }: RunOrder): Verdict {
  const minutes = Math.round(deadlineMs / 6_000) / 10;
  return {
    type: 'deadline',
    message: `The run took longer than the ${minutes} minutes it may take.`,
  };
}

function leave(journal: Journal, verdict: Verdict, words: string): void {
  const exit = { ...verdict, at: journal.now() };
  try {
    journal.say(words);
    journal.close(exit);
  } catch (error) {
    // The disk is full, perhaps; what is most needed takes least room.
    process.stderr.write(`${error}\n`);
    journal.close(exit);
  }
}

function lastWords(verdict: Verdict, files: RunFiles): string {
  if (verdict.type === 'deadline') {
    return verdict.message;
  }
  const { outcome } = verdict;
  if (outcome.type === 'succeeded') {
    return 'The run succeeded.';
  }
  // A task that failed before that is still the reason.
  return outcome.reason === 'driver-failed' && existsSync(files.cancelled)
    ? 'The run was cancelled.'
    : `The run failed: ${outcome.message}`;
}

if (process.argv[2] === SUPERVISE) {
  supervise(process.argv[3]).then(
    () => process.exit(0),
    error => {
      process.stderr.write(`${error?.stack ?? error}\n`);
      process.exit(1);
    },
  );
}
