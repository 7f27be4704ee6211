import { join } from 'node:path';
import { runQuietly } from '../install/runQuietly.mjs';

/**
 * Builds the page as it is served in production, by the backend.
 *
 * @param logs the folder for the output
 */
export function buildPage(logs) {
  return runQuietly({
    title: 'Building the page',
    command: ['backstage-cli', 'package', 'build'],
    cwd: join('packages', 'app'),
    log: join(logs, 'build.log'),
  });
}
