import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import { errorCode } from './runFolder.ts';
import type { ProcessIdentity } from './runFolder.ts';

/*
 * Every process of a run has these in its environment, its supervisor and
 * whatever a task starts alike: so they can be found, also those that left
 * their group or lost their parent.
 */
/** The nonce of the run's order. */
export const NONCE_VARIABLE = 'PIPELINE_DEMO_NONCE';
/** Which run of which work directory: without blanks, as `ps` shows it between others. */
export const RUN_VARIABLE = 'PIPELINE_DEMO_RUN';
/** Which task; the supervisor has none. */
export const TASK_VARIABLE = 'PIPELINE_DEMO_TASK';

/** A living process: zombies are dead. */
export interface FoundProcess extends ProcessIdentity {
  readonly group: number;
  /** What it says of itself, as far as its environment can be read. */
  readonly nonce?: string;
  readonly run?: string;
  readonly task?: string;
}

/** How this platform shows its processes. */
export interface ProcessTable {
  /** @returns undefined when there is no such process, or it is a zombie */
  find(pid: number): Promise<FoundProcess | undefined>;
  list(): Promise<readonly FoundProcess[]>;
}

/** The processes of this machine. */
export function processTable(): ProcessTable {
  return process.platform === 'linux' ? linuxTable : psTable;
}

/** Whether this very process lives, and not a later one with its number. */
export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  const found = await processTable().find(identity.pid);
  return found?.startedAt === identity.startedAt;
}

const linuxTable: ProcessTable = {
  find: pid => readProc(String(pid)),
  async list() {
    const names = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
    const all = await Promise.all(names.map(readProc));
    return all.filter(found => found !== undefined);
  },
};

/** Fields of /proc/<pid>/stat, counted from the one after the name. */
const STATE = 0;
const GROUP = 2;
const STARTED_AT = 19;
/** None is left of a process that is about to be gone. */
const MEMORY = 20;

async function readProc(pid: string): Promise<FoundProcess | undefined> {
  const stat = await readIfThere(`/proc/${pid}/stat`);
  // The name, in parentheses, may hold anything: the numbers are after the last one.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (!fields || /^[ZX]/.test(fields[STATE]) || fields[MEMORY] === '0') {
    return undefined;
  }
  const environment = await readIfThere(`/proc/${pid}/environ`);
  return {
    pid: Number(pid),
    group: Number(fields[GROUP]),
    // Ticks since boot are unique only together with the boot.
    startedAt: `${await bootId()} ${fields[STARTED_AT]}`,
    ...marksIn(environment?.split('\0') ?? []),
  };
}

let bootIdRead: Promise<string> | undefined;
function bootId(): Promise<string> {
  bootIdRead ??= readIfThere('/proc/sys/kernel/random/boot_id').then(
    id => id?.trim() ?? 'unknown-boot',
  );
  return bootIdRead;
}

/** Processes come and go while they are listed, and those of others are closed. */
const NOT_READABLE = ['ENOENT', 'ESRCH', 'EACCES', 'EPERM'];

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (NOT_READABLE.includes(errorCode(error) ?? '')) {
      return undefined;
    }
    throw error;
  }
}

const run = promisify(execFile);
const PS_COLUMNS = 'pid=,pgid=,stat=,lstart=,command=';
/** A thousand processes with their environments. */
const PS_OUTPUT_BYTES = 64 * 1024 * 1024;

/**
 * macOS hides the environment of the system's own programs, bash among them:
 * those are known by their group, and lost sight of when they leave it.
 */
const psTable: ProcessTable = {
  find: async pid => (await ps(['-p', String(pid)]))[0],
  list: () => ps(['-ax']),
};

async function ps(which: readonly string[]): Promise<FoundProcess[]> {
  try {
    const { stdout } = await run('ps', [...which, '-Eww', '-o', PS_COLUMNS], {
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
      maxBuffer: PS_OUTPUT_BYTES,
    });
    return parsePs(stdout);
  } catch (error) {
    // ps ends with 1 when it found nothing.
    if ((error as { code?: unknown }).code === 1) {
      return [];
    }
    throw error;
  }
}

/** Reads what `ps -o pid=,pgid=,stat=,lstart=,command=` prints, with environments shown. */
export function parsePs(output: string): FoundProcess[] {
  const row = /^ *(\d+) +(\d+) +(\S+) +((?:\S+ +){4}\d+) +(.*)$/gm;
  return [...output.matchAll(row)]
    .filter(([, , , state]) => !state.startsWith('Z'))
    .map(([, pid, group, , startedAt, command]) => ({
      pid: Number(pid),
      group: Number(group),
      startedAt,
      ...marksIn(command.split(' ')),
    }));
}

function marksIn(
  words: readonly string[],
): Pick<FoundProcess, 'nonce' | 'run' | 'task'> {
  const valueOf = (name: string) =>
    words.find(word => word.startsWith(`${name}=`))?.slice(name.length + 1);
  const nonce = valueOf(NONCE_VARIABLE);
  const ofRun = valueOf(RUN_VARIABLE);
  const task = valueOf(TASK_VARIABLE);
  return {
    ...(nonce && { nonce }),
    ...(ofRun && { run: ofRun }),
    ...(task && { task }),
  };
}
