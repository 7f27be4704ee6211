import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseReport } from 'backstage-plugin-pipeline-demo-common';
import type {
  Capacity,
  Check,
  Footprint,
  RunSpec,
} from 'backstage-plugin-pipeline-demo-common';
import type { Clock } from '../ports/Clock';
import { LaunchRefusedError } from '../ports/Engine';
import type {
  Engine,
  EngineHealth,
  Fact,
  LogChunk,
  ReportReading,
  ResumePoint,
} from '../ports/Engine';
import { checkHealth, checkMachine } from './checkHealth';
import type { Needs } from './checkHealth';
import { followRun } from './followRun';
import { launchRun } from './launchRun';
import { observeRun } from './observeRun';
import { REPORT_FILE, orderRun } from './orderRun';
import { leftOf, removeRun } from './removeRun';
import { errorCode, runFiles } from './runFolder';
import type { RunFiles } from './runFolder';
import { RUN_ID, runIdsOfFolders, runIdsOfProcesses } from './runIds';

/** What a local engine is made of. */
export interface LocalEngineOptions {
  /** Where each run has its folder. It is made when it is not there. */
  readonly workDir: string;
  /** The folder with `bin/generate` and its siblings. */
  readonly workflowsDir: string;
  /** How many tasks run at once. */
  readonly slots: number;
  /** How long a run may take, in milliseconds. */
  readonly deadlineMs: number;
  /** Stretches the time that tasks take: 0.02 for tests. Without it, $PIPELINE_DEMO_PACE or 1. */
  readonly pace?: number;
  readonly clock: Clock;
}

/** Tasks mostly sleep: four at once are easy for two cores, and show waiting. */
export const DEFAULT_SLOTS = 4;
export const DEFAULT_DEADLINE_MS = 15 * 60 * 1000;

/** As measured: a shell with awk, and a Node process that looks at files. */
const FOOTPRINT: Footprint = {
  worker: { cpu: 0.05, memory: 10_000_000 },
  driver: { cpu: 0.05, memory: 80_000_000 },
};

/**
 * Runs on this machine: a detached supervisor process per run executes the
 * scripts of the workflow, and this engine reads what it leaves in the run's
 * folder. Nothing is remembered between two calls: whichever engine is on the
 * same work directory is as good as the one that launched the run.
 */
export class LocalEngine implements Engine {
  readonly name = 'local';
  readonly footprint = FOOTPRINT;
  readonly #options: LocalEngineOptions;
  readonly #workDir: string;
  readonly #binFolder: string;

  private constructor(options: LocalEngineOptions) {
    this.#options = options;
    this.#workDir = resolve(options.workDir);
    this.#binFolder = resolve(options.workflowsDir, 'bin');
  }

  static create(options: LocalEngineOptions): LocalEngine {
    return new LocalEngine(options);
  }

  async launch(run: RunSpec, signal: AbortSignal): Promise<void> {
    const health = await this.health();
    if (!health.ok) {
      throw new LaunchRefusedError(health.message);
    }
    const { slots, deadlineMs, pace, clock } = this.#options;
    const order = orderRun(run, {
      binFolder: this.#binFolder,
      slots,
      deadlineMs,
      now: clock.now(),
      ...(pace !== undefined && { pace }),
    });
    await launchRun(this.#files(run), order, clock, signal);
  }

  observe(run: RunSpec, signal: AbortSignal): AsyncIterable<Fact> {
    return observeRun(this.#files(run), this.#options.clock, signal);
  }

  follow(
    run: RunSpec,
    resume: ReadonlyMap<string, ResumePoint>,
    signal: AbortSignal,
  ): AsyncIterable<LogChunk> {
    const where = { spec: run, files: this.#files(run) };
    return followRun(where, resume, this.#options.clock, signal);
  }

  async report(run: RunSpec): Promise<ReportReading> {
    const file = join(this.#files(run).work, 'REPORT', REPORT_FILE);
    try {
      return parseReport(await readFile(file, 'utf8'));
    } catch (error) {
      return {
        type: 'unreadable',
        message: `The report cannot be read: ${errorCode(error) ?? error}.`,
      };
    }
  }

  remove(
    run: RunSpec,
    keep: 'logs' | 'nothing',
    signal: AbortSignal,
  ): Promise<void> {
    return removeRun(this.#files(run), keep, this.#options.clock, signal);
  }

  left(run: RunSpec): Promise<readonly string[]> {
    return leftOf(this.#files(run));
  }

  async runIds(): Promise<readonly string[]> {
    const [placed, alive] = await Promise.all([
      runIdsOfFolders(this.#workDir),
      runIdsOfProcesses(this.#workDir),
    ]);
    return [...new Set([...placed, ...alive])];
  }

  async capacity(): Promise<Capacity> {
    const { slots, clock } = this.#options;
    return { basis: 'slots', at: clock.now(), slots };
  }

  health(): Promise<EngineHealth> {
    return checkHealth(this.#needs());
  }

  check(): Promise<readonly Check[]> {
    return checkMachine(this.#needs());
  }

  #needs(): Needs {
    return {
      workDir: this.#workDir,
      binFolder: this.#binFolder,
      slots: this.#options.slots,
    };
  }

  #files({ id }: RunSpec): RunFiles {
    if (!RUN_ID.test(id)) {
      throw new RangeError(`A run cannot have the id '${id}'`);
    }
    return runFiles(join(this.#workDir, id));
  }
}
