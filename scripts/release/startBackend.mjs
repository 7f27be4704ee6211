import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { waitUntilOk } from '../portal/waitUntilOk.mjs';

const START_MS = 180_000;
/** Longer than a portal leaves requests to be answered. */
const STOP_MS = 60_000;

/** None outlives us. */
const living = new Set();
process.on('exit', () => living.forEach(child => child.kill('SIGKILL')));

/**
 * Starts a backend as a process and returns when it answers.
 *
 * @param options.command program and arguments
 * @param options.urls what must answer with 200
 * @param options.log the file for its output
 * @param options.user `{ uid, gid }`: who it runs as, if not we
 * @returns `output()` and `stop()`, which resolves to its exit code, or to null
 *   when it had to be killed
 * @throws Error with its output when it does not come up
 */
export async function startBackend({ command, cwd, env, urls, log, user }) {
  const [program, ...args] = command;
  const file = openSync(log, 'a');
  const child = spawn(program, args, {
    cwd,
    env,
    stdio: ['ignore', file, file],
    ...user,
  });
  closeSync(file);
  living.add(child);
  const output = () => readFileSync(log, 'utf8');
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', code => {
      living.delete(child);
      resolve(code);
    });
  });
  const tooEarly = ended.then(code => {
    throw new Error(`It ended with ${code}:\n${output()}`);
  });
  // Who waits for `ended` alone is not disturbed by this.
  tooEarly.catch(() => undefined);
  for (const url of urls) {
    await Promise.race([
      waitUntilOk(url, AbortSignal.timeout(START_MS)),
      tooEarly,
    ]);
  }
  return {
    output,
    stop() {
      child.kill('SIGTERM');
      const tooLong = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      return ended.finally(() => clearTimeout(tooLong));
    },
  };
}
