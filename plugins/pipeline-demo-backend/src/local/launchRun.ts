import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Clock } from '../ports/Clock';
import { LaunchRefusedError } from '../ports/Engine';
import { NONCE_VARIABLE, RUN_VARIABLE } from './processes';
import { errorCode, readWhole, writeOnce } from './runFolder';
import type { ProcessIdentity, RunExit, RunFiles, RunOrder } from './runFolder';
import { runMark } from './runProcesses';
import { SUPERVISE } from './supervisor';

/** A supervisor that starts claims its run well within this. */
const CLAIM_TIMEOUT_MS = 10_000;
const CLAIM_LOOK_INTERVAL_MS = 10;
/** Freed at a run's end, so that a supervisor on a full disk can still say what happened. */
const RESERVE_BYTES = 64 * 1024;
/** In the work directory: with it, a supervisor starts in a third of the time. */
const COMPILE_CACHE = '.node-compile-cache';
/** What a supervisor, and so each task, gets of our environment: no secrets. */
const HANDED_ON = [
  'PATH',
  'HOME',
  'LANG',
  'TMPDIR',
  'TZ',
  'PIPELINE_DEMO_PACE',
];
/** Errors of a file system that trying again does not mend. */
const HOPELESS: Readonly<Record<string, string>> = {
  ENOSPC: 'there is no space left',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'writing there is not allowed',
  EPERM: 'writing there is not allowed',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a file is in the way',
};

/**
 * Starts a run's supervisor, unless it was started before: `Engine.launch`.
 * The order is written once, and the supervisor claims the run once, so any
 * number of launches gives one run.
 */
export async function launchRun(
  files: RunFiles,
  order: RunOrder,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  if (
    (await readWhole<ProcessIdentity>(files.claim)) ||
    (await readWhole<RunExit>(files.exit))
  ) {
    return;
  }
  const nonce = await placeOrder(files, order);
  const supervisor = startSupervisor(files, nonce);
  let failure: string | undefined;
  supervisor.once('error', ({ message }) => {
    failure = message;
  });
  supervisor.once('exit', (code, by) => {
    failure = `it ended with ${by ?? `exit code ${code}`}`;
  });
  const since = performance.now();
  while (!(await readWhole<ProcessIdentity>(files.claim))) {
    signal.throwIfAborted();
    if (failure) {
      throw new Error(
        `The supervisor did not start: ${failure}. ${await lastWords(files)}`,
      );
    }
    if (performance.now() - since > CLAIM_TIMEOUT_MS) {
      throw new Error('The supervisor did not take up its work in time.');
    }
    await clock.sleep(CLAIM_LOOK_INTERVAL_MS, signal);
  }
}

/** @returns the nonce of the order that is there: ours, or an earlier one's */
async function placeOrder(files: RunFiles, order: RunOrder): Promise<string> {
  let made: string | undefined;
  try {
    made = await mkdir(files.work, { recursive: true, mode: 0o700 });
    await writeFile(files.reserve, Buffer.alloc(RESERVE_BYTES));
    if (writeOnce(files.order, order)) {
      return order.nonce;
    }
  } catch (error) {
    const reason = HOPELESS[errorCode(error) ?? ''];
    if (!reason) {
      throw error;
    }
    if (made) {
      await rm(files.folder, { recursive: true, force: true });
    }
    throw new LaunchRefusedError(
      `The run cannot have its folder ${files.folder}: ${reason}.`,
    );
  }
  const placed = await readWhole<RunOrder>(files.order);
  if (!placed) {
    throw new Error(`The order ${files.order} was there, and is gone`);
  }
  return placed.nonce;
}

function startSupervisor(files: RunFiles, nonce: string): ChildProcess {
  const log = openSync(files.supervisorLog, 'a', 0o600);
  try {
    const supervisor = spawn(
      process.execPath,
      [
        ...stripTypes(),
        '--no-warnings',
        supervisorFile(),
        SUPERVISE,
        files.folder,
      ],
      {
        cwd: files.folder,
        detached: true,
        stdio: ['ignore', log, log],
        env: {
          ...Object.fromEntries(
            HANDED_ON.map(name => [name, process.env[name]]),
          ),
          NODE_COMPILE_CACHE:
            process.env.NODE_COMPILE_CACHE ??
            join(dirname(files.folder), COMPILE_CACHE),
          [RUN_VARIABLE]: runMark(files.folder),
          [NONCE_VARIABLE]: nonce,
        },
      },
    );
    supervisor.unref();
    return supervisor;
  } finally {
    closeSync(log);
  }
}

/** Beside this module, and of its kind: `.ts` in development, `.cjs.js` in the package. */
function supervisorFile(): string {
  const self = basename(__filename);
  return join(
    dirname(__filename),
    `supervisor${self.slice(self.indexOf('.'))}`,
  );
}

/** Older Node 22 strips types only when asked. */
function stripTypes(): readonly string[] {
  return process.features.typescript ? [] : ['--experimental-strip-types'];
}

const LAST_WORDS_CHARACTERS = 500;

async function lastWords(files: RunFiles): Promise<string> {
  const text = await readFile(files.supervisorLog, 'utf8');
  return text.trim().slice(-LAST_WORDS_CHARACTERS);
}
