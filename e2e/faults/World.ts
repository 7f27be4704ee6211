import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { markedProcesses } from '../processes.ts';
import { BackendProcess, type BackendOptions } from './BackendProcess.ts';
import { backendConfig } from './backendConfig.ts';
import { freePort } from './freePort.ts';
import { RunApi, type RunView } from './RunApi.ts';
import { sqliteRows, type Row } from './rows.ts';
import { Supervisors } from './Supervisors.ts';
import { Tasks } from './Tasks.ts';
import { until } from './until.ts';

/** What may differ from one world to the next. */
export interface WorldOptions {
  /** Where runs have their folders: without it, in the world's own. */
  readonly workDir?: string;
  readonly slots?: number;
  readonly deadline?: string;
  readonly lease?: string;
  /** The plugin's own section, in place of one for the local engine. */
  readonly pipelineDemo?: object;
  /** In the environment of backends, and for the rest as PATH is handed on. */
  readonly env?: Readonly<Record<string, string>>;
  /** Backstage's `backend.database`; without it, an SQLite file. */
  readonly database?: object;
}

const TOKEN = 'a-token-of-the-fault-tests';
const HEALTH = '/api/pipeline-demo/health';
const ENDED = ['succeeded', 'failed', 'cancelled'];

/** Compiled code, kept from one start to the next: half of a start's work. */
const COMPILE_CACHE = resolve('node_modules/.cache/pipeline-demo/compiled');

/** How the CLI runs a backend's TypeScript. */
const NODE_OPTIONS = ['--require', '@backstage/cli/config/nodeTransform.cjs'];

/** A folder with all that one test plays with, and the processes in it. */
export class World {
  readonly folder: string;
  readonly workDir: string;
  readonly tasks: Tasks;
  readonly supervisors: Supervisors;
  readonly #options: WorldOptions;
  readonly #backends = new Set<BackendProcess>();

  private constructor(folder: string, options: WorldOptions) {
    this.folder = folder;
    this.workDir = options.workDir ?? join(folder, 'runs');
    this.tasks = Tasks.create(folder);
    this.supervisors = Supervisors.create(join(folder, 'node'));
    this.#options = options;
    mkdirSync(dirname(this.sqlite));
  }

  static create(options: WorldOptions = {}): World {
    return new World(mkdtempSync(join(tmpdir(), 'faults-')), options);
  }

  /** Starts a backend on a free port; another one after a kill finds the same data. */
  async start(changes: WorldOptions = {}): Promise<BackendProcess> {
    const options = { ...this.#options, ...changes };
    const url = `http://127.0.0.1:${await freePort()}`;
    return this.#spawn({
      url,
      answers: [HEALTH],
      cwd: process.cwd(),
      env: this.#env(options.env),
      args: [resolve('e2e/faults/backend.ts'), ...this.#configs(url, options)],
    });
  }

  /** Starts the whole portal, with its page; after a kill at the same place. */
  async startPortal(before?: BackendProcess): Promise<BackendProcess> {
    const url = before?.url ?? `http://localhost:${await freePort()}`;
    const defaults = ['--config', resolve('app-config.yaml')];
    return this.#spawn({
      url,
      answers: [HEALTH, '/pipeline-demo'],
      cwd: resolve('packages/backend'),
      // Guests may sign in to no other.
      env: this.#env({ ...this.#options.env, NODE_ENV: 'development' }),
      args: ['src/index.ts', ...defaults, ...this.#configs(url, this.#options)],
    });
  }

  api(backend: BackendProcess): RunApi {
    return new RunApi(backend.url, TOKEN);
  }

  /** Starts a run and its backend. */
  async startRun(batchCount: number) {
    const backend = await (await this.start()).ready();
    const api = this.api(backend);
    const { run } = await api.start(batchCount);
    return { backend, api, runId: run.id };
  }

  /** The run once it is over. */
  async ended(api: RunApi, runId: string): Promise<RunView> {
    return until(
      `run ${runId} has ended`,
      () => api.run(runId),
      ({ phase }) => ENDED.includes(phase),
    );
  }

  /** Returns when so many tasks have talked for a while. */
  async talking(runId: string, tasks = 2): Promise<void> {
    await until(`tasks of ${runId} talk`, () => {
      const books = [...this.tasks.written(runId).values()];
      return (
        books.length >= tasks && books.every(book => book.includes('says 9 at'))
      );
    });
  }

  /** Rows of the plugin's SQLite file, read past the product. */
  rows(sql: string, ...values: readonly (string | number)[]): readonly Row[] {
    return sqliteRows(this.sqlite, sql, values);
  }

  /** The phase that is stored. */
  storedPhase(runId: string): unknown {
    return this.rows('select phase from runs where id = ?', runId)[0]?.phase;
  }

  /** The plugin's SQLite file. */
  get sqlite(): string {
    return join(this.folder, 'sqlite', 'pipeline-demo.sqlite');
  }

  /** What a run's folder calls one of its files. */
  file(runId: string, ...path: readonly string[]): string {
    return join(this.workDir, runId, ...path);
  }

  /** Living processes of this world's runs, as the kernel tells it. */
  processes(runId: string): ReturnType<typeof markedProcesses> {
    const nonces = this.tasks.nonces(runId);
    const folder = join(this.workDir, runId);
    return markedProcesses().filter(
      found => nonces.has(found.nonce) || found.folder.startsWith(folder),
    );
  }

  /** Living processes that work in a folder. */
  processesIn(folder: string): ReturnType<typeof markedProcesses> {
    return markedProcesses().filter(found => found.folder === folder);
  }

  /** SIGKILL to those that work in a folder: a supervisor, or one task. */
  killProcessesIn(folder: string): void {
    const found = this.processesIn(folder);
    if (found.length === 0) {
      throw new Error(`No process works in ${folder}`);
    }
    found.forEach(({ pid }) => killIfAlive(pid));
  }

  /** Ends all that was started here, and deletes it. */
  async close(): Promise<void> {
    for (const backend of this.#backends) {
      await backend.kill();
    }
    const ours = () =>
      markedProcesses().filter(
        ({ folder }) =>
          folder.startsWith(this.workDir) || folder.startsWith(this.folder),
      );
    await until('nothing of this world lives', () => {
      const left = ours();
      left.forEach(({ pid }) => killIfAlive(pid));
      return left.length === 0;
    });
    if (existsSync(this.workDir)) {
      rmSync(this.workDir, { recursive: true, force: true });
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  #spawn({
    args,
    ...options
  }: Omit<BackendOptions, 'command' | 'log'> & {
    readonly args: readonly string[];
  }): BackendProcess {
    const { port } = new URL(options.url);
    const backend = BackendProcess.start({
      ...options,
      command: [process.execPath, ...NODE_OPTIONS, ...args],
      log: join(this.folder, `backend-${port}.log`),
    });
    this.#backends.add(backend);
    return backend;
  }

  /** Of a backend whose supervisors and tasks are ours. */
  #env(changes: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
    return {
      ...process.env,
      NODE_ENV: 'production',
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      PIPELINE_DEMO_PACE: '0',
      FAULTS_NODE: this.supervisors.node,
      PATH: `${this.tasks.path}:${process.env.PATH}`,
      ...changes,
    };
  }

  /** @returns the arguments with a file of configuration */
  #configs(url: string, options: WorldOptions): readonly string[] {
    const file = join(this.folder, `config-${new URL(url).port}.yaml`);
    const { database, ...rest } = options;
    const sqlite = { directory: dirname(this.sqlite) };
    const config = backendConfig(url, {
      token: TOKEN,
      database: database ?? { client: 'better-sqlite3', connection: sqlite },
      ...rest,
      workDir: this.workDir,
    });
    writeFileSync(file, JSON.stringify(config));
    return ['--config', file];
  }
}

function killIfAlive(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It has just gone by itself.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
      throw error;
    }
  }
}
