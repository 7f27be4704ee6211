import { spawnSync } from 'node:child_process';

/**
 * Runs checks one after the other, all of them, and shows the output of those
 * that fail.
 *
 * @param checks `{ title, command, cwd? }`
 * @returns the titles of those that failed
 */
export function runChecks(checks) {
  return checks
    .filter(({ title, command: [program, ...args], cwd }) => {
      const began = Date.now();
      const { status, stdout, stderr, error } = spawnSync(program, args, {
        cwd,
        encoding: 'utf8',
        maxBuffer: Infinity,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const seconds = Math.round((Date.now() - began) / 1000);
      const isFine = status === 0;
      console.log(`${isFine ? 'ok    ' : 'FAILED'}  ${title} (${seconds} s)`);
      if (!isFine) {
        console.log(`${stdout ?? ''}${stderr ?? ''}${error ?? ''}`);
      }
      return !isFine;
    })
    .map(({ title }) => title);
}
