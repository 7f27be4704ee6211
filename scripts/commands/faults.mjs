// npm run test:faults [-- --all] [-- <Playwright's own arguments>]: real
// processes, killed from outside. `--all` does more of what takes long: see
// e2e/faults/amounts.ts.
import { join, resolve } from 'node:path';
import { untilStopped } from '../portal/untilStopped.mjs';
import { buildPage } from '../tests/buildPage.mjs';
import { findBrowser } from '../tests/findBrowser.mjs';
import { resultFile } from '../tests/results.mjs';
import { run } from '../tests/run.mjs';

const CONFIG = 'e2e/faults/playwright.config.ts';

const stopped = untilStopped();
const all = process.argv.includes('--all');
const args = process.argv.slice(2).filter(arg => arg !== '--all');

if (process.platform !== 'linux') {
  console.error('This needs Linux: the tests look into /proc.');
  process.exit(1);
}

try {
  const browser = findBrowser();
  await buildPage(join('data', 'logs', 'faults'));
  process.exitCode = await Promise.race([
    run(['playwright', 'test', '--config', CONFIG, ...args], {
      env: {
        ...process.env,
        ...(all && { FAULTS_ALL: 'yes' }),
        CHROMIUM: browser,
        PLAYWRIGHT_JSON_OUTPUT_FILE: resolve(resultFile('faults.playwright')),
      },
    }),
    stopped.then(() => 1),
  ]);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
process.exit();
