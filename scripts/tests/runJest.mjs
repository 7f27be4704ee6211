import { resultFile } from './results.mjs';
import { run } from './run.mjs';

/**
 * Runs jest over all packages, and leaves its report for `.ci/run`.
 *
 * @param name of the report
 * @param args jest's own: patterns and flags
 * @returns its exit code
 */
export function runJest(name, args, env = process.env) {
  return run(
    [
      'backstage-cli',
      'repo',
      'test',
      '--watch=false',
      '--json',
      `--outputFile=${resultFile(`${name}.jest`)}`,
      ...args,
    ],
    // Databases of other kinds come from outside, never from Docker.
    { env: { ...env, BACKSTAGE_TEST_DISABLE_DOCKER: '1' } },
  );
}
