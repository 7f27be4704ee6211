import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { LogTask, RunSpec } from 'backstage-plugin-pipeline-demo-common';
import { systemClock } from '../SystemClock';
import { LocalEngine } from '../local/LocalEngine';
import type { LocalEngineOptions } from '../local/LocalEngine';
import type { Engine } from '../ports/Engine';
import type { EngineWorld } from './engineContract';
import { patience, removed } from './engineRuns';

/** A world of local engines, with the folder it plays in. */
export interface LocalWorld extends EngineWorld {
  readonly workDir: string;
  /** The bytes of a task's, or the driver's, log. */
  writtenBytes(run: RunSpec, task: LogTask): Promise<Buffer>;
}

/** The workflow of this repository. */
export const WORKFLOWS_DIR = resolve(
  dirname(__filename),
  '../../../../workflows',
);

/** Local engines on a work directory of their own; `close` ends all runs and deletes it. */
export async function createLocalWorld(
  changes: Partial<LocalEngineOptions> = {},
): Promise<LocalWorld> {
  // Supervisors of all tests start as quickly as the second of a portal does.
  process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'pipeline-demo-compiled');
  const workDir = await mkdtemp(join(tmpdir(), 'pipeline-demo-test-'));
  const foreignDir = await mkdtemp(join(tmpdir(), 'pipeline-demo-other-'));
  const engineIn = (folder: string) =>
    LocalEngine.create({
      workDir: folder,
      workflowsDir: WORKFLOWS_DIR,
      slots: 4,
      deadlineMs: 60_000,
      pace: 0.02,
      clock: systemClock,
      ...changes,
    });
  const engine: Engine = engineIn(workDir);
  const writtenBytes = async ({ id }: RunSpec, task: LogTask) => {
    const file =
      task === 'driver'
        ? join(workDir, id, 'driver.log')
        : join(workDir, id, 'work', task.replace(':', '_'), '.command.log');
    return readFile(file).catch(() => Buffer.alloc(0));
  };
  return {
    workDir,
    engine,
    another: () => engineIn(workDir),
    // Two portals never have the same folder: see claimWorkDir.
    foreign: () => engineIn(foreignDir),
    newRun,
    writtenBytes,
    async written(run, task) {
      const text = (await writtenBytes(run, task)).toString('utf8');
      return text.match(/[^\n]+/g) ?? [];
    },
    async close() {
      for (const id of await engine.runIds(patience())) {
        await removed(engine, { ...newRun(1), id }, 'nothing');
      }
      await rm(workDir, { recursive: true });
      await rm(foreignDir, { recursive: true });
    },
  };
}

/** Scripts in place of the workflow's; those that are missing do nothing. */
export interface Scripts {
  readonly generate?: string;
  readonly analyze?: string;
  readonly report?: string;
}

/** Local engines whose tasks run other scripts, written in bash. */
export async function createScriptedWorld(
  scripts: Scripts,
  changes: Partial<LocalEngineOptions> = {},
): Promise<LocalWorld> {
  const workflowsDir = await mkdtemp(join(tmpdir(), 'pipeline-demo-scripts-'));
  await mkdir(join(workflowsDir, 'bin'));
  for (const name of ['generate', 'analyze', 'report'] as const) {
    const script = scripts[name] ?? ':';
    await writeFile(join(workflowsDir, 'bin', name), `${script}\n`);
  }
  const world = await createLocalWorld({ workflowsDir, ...changes });
  return {
    ...world,
    async close() {
      await world.close();
      await rm(workflowsDir, { recursive: true });
    },
  };
}

function newRun(batchCount: number): RunSpec {
  return {
    id: `r${randomBytes(4).toString('hex')}`,
    batchCount,
    engine: 'local',
    createdBy: 'user:default/guest',
    createdAt: Date.now(),
    seed: 42,
  };
}
