import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';

/** How long a program may take to end by itself. */
const STOP_MS = 8_000;
/** How long the last output of an ended program may take to arrive. */
const OUTPUT_MS = 1_000;

/**
 * The programs that live as long as we do, each in a process group of its own,
 * so that whatever it starts ends with it. What it detaches on purpose (a
 * run's supervisor) is in another group and goes on.
 */
export class Programs {
  #running = new Map();

  constructor() {
    // The last resort, when we end without having waited for stop().
    process.on('exit', () => {
      for (const child of this.#running.keys()) {
        signalGroup(child, 'SIGKILL');
      }
    });
  }

  /**
   * Starts a program whose output goes to a log file, and each line to `onLine`.
   *
   * @returns a promise of its exit code, which is null after a signal
   */
  start(command, { cwd, env, log, onLine }) {
    mkdirSync(dirname(log), { recursive: true });
    const file = createWriteStream(log);
    const [program, ...args] = command;
    const child = spawn(program, args, {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', line => {
        file.write(`${line}\n`);
        onLine(line);
      });
    }
    const exited = new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('exit', code => {
        signalGroup(child, 'SIGKILL');
        this.#running.delete(child);
        // A detached process may hold the output open for ever.
        setTimeout(resolve, OUTPUT_MS, code).unref();
        child.on('close', () => resolve(code));
      });
    });
    this.#running.set(child, exited);
    return exited;
  }

  /** Ends all of them, and returns when they are gone. */
  async stop() {
    await Promise.all(
      [...this.#running].map(async ([child, exited]) => {
        child.kill('SIGTERM');
        const late = setTimeout(() => signalGroup(child, 'SIGKILL'), STOP_MS);
        await exited.catch(() => undefined);
        clearTimeout(late);
      }),
    );
  }
}

/** Signals a program and all that it started; it is fine if none is left. */
function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH' && error.code !== 'EPERM') {
      throw error;
    }
  }
}
