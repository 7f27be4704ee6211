import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { until } from './until.ts';

/** What a backend is started with. */
export interface BackendOptions {
  /** Program and arguments. */
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Where it will answer: `http://127.0.0.1:7007`. */
  readonly url: string;
  /** Paths that answer with 200 once it is ready. */
  readonly answers: readonly string[];
  /** The file to which its output is appended. */
  readonly log: string;
}

/** Those that live: none outlives the one who started it. */
const living = new Set<BackendProcess>();
process.once('exit', () =>
  living.forEach(backend => backend.signal('SIGKILL')),
);

/** A backend as a process of its own, to be killed from outside. */
export class BackendProcess {
  readonly url: string;
  readonly log: string;
  readonly #answers: readonly string[];
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | null>;

  private constructor(options: BackendOptions) {
    const { command, cwd, env, url, answers, log } = options;
    const [program, ...args] = command;
    const output = openSync(log, 'a');
    this.url = url;
    this.log = log;
    this.#answers = answers;
    this.#child = spawn(program, args, {
      cwd,
      env,
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    living.add(this);
    this.#ended = new Promise((resolve, reject) => {
      this.#child.once('error', reject);
      this.#child.once('exit', code => {
        living.delete(this);
        resolve(code);
      });
    });
  }

  /** Spawns it; see `ready`. */
  static start(options: BackendOptions): BackendProcess {
    return new BackendProcess(options);
  }

  get pid(): number {
    if (this.#child.pid === undefined) {
      throw new Error('The backend could not be started');
    }
    return this.#child.pid;
  }

  /** Returns when it answers. @throws Error when it ends before */
  async ready(): Promise<this> {
    await until(`${this.url} is well`, () => {
      if (this.#child.exitCode !== null || this.#child.signalCode !== null) {
        throw new Error(`The backend ended: ${this.output().slice(-2000)}`);
      }
      return this.#isWell();
    });
    return this;
  }

  /** Its exit code once it has gone; null after a signal. */
  get ended(): Promise<number | null> {
    return this.#ended;
  }

  /** SIGKILL; returns when the kernel has buried it. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.#ended;
  }

  /** SIGTERM; returns its exit code when it has gone by itself. */
  async stop(): Promise<number | null> {
    this.signal('SIGTERM');
    return this.#ended;
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** All that it, and those before it, wrote. */
  output(): string {
    return readFileSync(this.log, 'utf8');
  }

  async #isWell(): Promise<boolean> {
    try {
      for (const path of this.#answers) {
        const response = await fetch(this.url + path);
        await response.arrayBuffer();
        if (response.status !== 200) {
          return false;
        }
      }
      return true;
    } catch {
      // It does not listen yet.
      return false;
    }
  }
}
