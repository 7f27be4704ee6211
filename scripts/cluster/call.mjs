import { spawnSync } from 'node:child_process';

/**
 * Runs a program to its end; what it says on stderr is seen at once.
 *
 * @returns its standard output
 * @throws Error when it fails
 */
export function call([program, ...args], options = {}) {
  const { status, stdout, error } = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: Infinity,
    stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'inherit'],
    ...options,
  });
  if (status !== 0) {
    throw new Error(
      `${[program, ...args].join(' ')}: ${
        error?.message ?? `exit code ${status}`
      }`,
    );
  }
  return stdout;
}

/** Whether a program is there and ends well. */
export function succeeds(program, ...args) {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}
