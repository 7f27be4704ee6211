import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { EngineHealth } from '../ports/Engine';

const SCRIPTS = ['generate', 'analyze', 'report'];
const PROGRAMS = ['bash', 'awk'];

/** What the local engine needs of this machine. */
export interface Needs {
  readonly workDir: string;
  readonly binFolder: string;
  readonly slots: number;
}

/** `Engine.health`: whether a run could be started now, or the first thing that is in the way. */
export async function checkHealth(needs: Needs): Promise<EngineHealth> {
  const problem = await problemWith(needs);
  return problem === undefined
    ? {
        ok: true,
        message: `local engine, ${needs.slots} slots, ${needs.workDir}`,
      }
    : { ok: false, message: problem };
}

async function problemWith(needs: Needs): Promise<string | undefined> {
  if (process.platform === 'win32') {
    return 'The local engine needs a Unix shell: use WSL on Windows.';
  }
  for (const program of PROGRAMS) {
    if (!(await isOnPath(program))) {
      return `The local engine needs ${program}, which is not on the PATH.`;
    }
  }
  for (const script of SCRIPTS) {
    const file = join(needs.binFolder, script);
    if (!(await allows(file, constants.R_OK))) {
      return `The script ${file} cannot be read.`;
    }
  }
  return (await canWrite(needs.workDir))
    ? undefined
    : `The work directory ${needs.workDir} cannot be written.`;
}

async function isOnPath(program: string): Promise<boolean> {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = await Promise.all(
    folders.map(folder => allows(join(folder, program), constants.X_OK)),
  );
  return found.includes(true);
}

async function canWrite(folder: string): Promise<boolean> {
  const made = await mkdir(folder, { recursive: true }).then(
    () => true,
    () => false,
  );
  return made && allows(folder, constants.W_OK);
}

function allows(file: string, mode: number): Promise<boolean> {
  return access(file, mode).then(
    () => true,
    () => false,
  );
}
