import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Check } from 'backstage-plugin-pipeline-demo-common';
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
  const checks = await checkMachine(needs);
  const problem = checks.find(({ status }) => status === 'failed');
  return problem
    ? { ok: false, message: problem.sentence }
    : {
        ok: true,
        message: `local engine, ${needs.slots} slots, ${needs.workDir}`,
      };
}

/** `Engine.check`: what runs on this machine stand on. */
export async function checkMachine(needs: Needs): Promise<readonly Check[]> {
  return Promise.all([checkShell(), checkScripts(needs), checkFolder(needs)]);
}

async function checkShell(): Promise<Check> {
  const base = { id: 'shell', title: 'Shell' };
  if (process.platform === 'win32') {
    return {
      ...base,
      status: 'failed',
      sentence: 'The local engine needs a Unix shell: use WSL on Windows.',
      repair: 'wsl --install, then start the portal in it.',
    };
  }
  for (const program of PROGRAMS) {
    if (!(await isOnPath(program))) {
      return {
        ...base,
        status: 'failed',
        sentence: `The local engine needs ${program}, which is not on the PATH.`,
        repair: `Install ${program}, or put its folder on the PATH of the portal.`,
      };
    }
  }
  const sentence = `${PROGRAMS.join(' and ')} are there.`;
  return { ...base, status: 'ok', sentence };
}

async function checkScripts({ binFolder }: Needs): Promise<Check> {
  const base = { id: 'scripts', title: 'Scripts of the tasks' };
  for (const script of SCRIPTS) {
    const file = join(binFolder, script);
    if (!(await allows(file, constants.R_OK))) {
      return {
        ...base,
        status: 'failed',
        sentence: `The script ${file} cannot be read.`,
        repair:
          'Install the plugin again: its folder workflows/bin is incomplete.',
      };
    }
  }
  return { ...base, status: 'ok', sentence: `They are in ${binFolder}.` };
}

async function checkFolder({ workDir }: Needs): Promise<Check> {
  const base = { id: 'folder', title: 'Folder of the runs' };
  return (await canWrite(workDir))
    ? { ...base, status: 'ok', sentence: `${workDir} can be written.` }
    : {
        ...base,
        status: 'failed',
        sentence: `The work directory ${workDir} cannot be written.`,
        repair:
          'Give the user of the portal the right to write there, or set pipelineDemo.local.workDir.',
      };
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
