import { defineConfig } from '@playwright/test';
import browser from '../../playwright.config.ts';

const all = Boolean(process.env.CLUSTER_ALL);
/** Other people's nodes are left alone. */
const hasOwnNode = /"tool"/.test(process.env.PIPELINE_DEMO_TEST_CLUSTER ?? '');

/**
 * Real backends on a real cluster: `npm run e2e`, which opens it. Most of the
 * time they wait, so two tests share two cores. A retry would hide a fault.
 */
export default defineConfig({
  testDir: '.',
  outputDir: '../../node_modules/.cache/pipeline-demo/cluster',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 600_000,
  expect: { timeout: 60_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE
    ? [['list'], ['json']]
    : [['list']],
  projects: [
    { name: 'before', testMatch: 'before.ts', teardown: 'afterwards' },
    {
      name: 'cluster',
      testMatch: all ? ['*.cluster.ts', '*.all.ts'] : '*.cluster.ts',
      dependencies: ['before'],
    },
    // A minute after each test, when it has failed too.
    { name: 'afterwards', testMatch: 'afterwards.ts' },
    // What breaks the node itself has it for itself.
    ...(all && hasOwnNode
      ? [{ name: 'node', testMatch: '*.node.ts', dependencies: ['cluster'] }]
      : []),
  ],
  use: { ...browser.use, trace: 'off' },
});
