// npm run test:page [-- <Playwright's own arguments>]: every state of the page
// in a browser, without a backend.
import { resolve } from 'node:path';
import { playwrightOf, runOnDevPage } from '../page/runOnDevPage.mjs';
import { resultFile } from '../tests/results.mjs';

process.exit(
  await runOnDevPage(playwrightOf('page', process.argv.slice(2)), {
    PLAYWRIGHT_JSON_OUTPUT_FILE: resolve(resultFile('page.playwright')),
  }),
);
