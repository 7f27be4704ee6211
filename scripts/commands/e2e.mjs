// npm run test:e2e [-- <Playwright's own arguments>]: the portal in a browser.
import { resolve } from 'node:path';
import { resultFile } from '../tests/results.mjs';
import { runInPortal } from '../tests/runInPortal.mjs';

// Tasks take three times as long, so that a slow machine, too, has time to
// reload the page in the middle of a run.
process.env.PIPELINE_DEMO_PACE ??= '3';

process.exit(
  await runInPortal('browser', process.argv.slice(2), {
    PLAYWRIGHT_JSON_OUTPUT_FILE: resolve(resultFile('browser.playwright')),
  }),
);
