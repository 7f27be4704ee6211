import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** How often a long step says that it goes on. */
const STILL_RUNNING_MS = 20_000;
/** What is shown of a failed step; the rest is in its log. */
const TAIL_LINES = 40;

/**
 * Runs a step that people need not read: its output goes to a log file, and
 * is shown when it fails, or when `verbose`.
 *
 * @throws Error when it fails
 */
export async function runQuietly({ title, command, env, cwd, log, verbose }) {
  console.log(`${title}…`);
  mkdirSync(dirname(log), { recursive: true });
  const file = createWriteStream(log);
  const tail = [];
  const began = Date.now();
  const alive = setInterval(
    () => console.log(`  … ${Math.round((Date.now() - began) / 1000)} s`),
    STILL_RUNNING_MS,
  );
  const [program, ...args] = command;
  const child = spawn(program, args, {
    env,
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const keep = bytes => {
    file.write(bytes);
    tail.push(...bytes.toString('utf8').split('\n'));
    tail.splice(0, tail.length - TAIL_LINES);
    if (verbose) {
      process.stdout.write(bytes);
    }
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  try {
    const code = await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    if (code !== 0) {
      console.error(verbose ? '' : tail.join('\n').trim());
      throw new Error(`${title}: failed; all of its output is in ${log}.`);
    }
  } finally {
    clearInterval(alive);
    file.end();
  }
}
