import { defineConfig } from '@playwright/test';
import { CHROMIUM } from './e2e/chromium.ts';

/**
 * The system's own Chromium against the portal that `npm run test:e2e` or
 * `npm run screenshots` has started: see scripts/tests/runInPortal.mjs.
 */
export default defineConfig({
  testDir: 'e2e',
  // Those need no portal: npm run test:page.
  testIgnore: 'page/**',
  outputDir: 'node_modules/.cache/pipeline-demo/browser',
  // One portal, one run at a time: so one worker. A retry would hide a fault.
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 180_000,
  expect: { timeout: 60_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE
    ? [['list'], ['json']]
    : [['list']],
  projects: [
    { name: 'browser', testMatch: '*.spec.ts' },
    {
      name: 'screenshots',
      testMatch: 'screenshots.ts',
      // A trace takes pictures too, and time from ours.
      use: { trace: 'off', screenshot: 'off' },
    },
  ],
  use: {
    baseURL: process.env.PORTAL_URL,
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: CHROMIUM,
  },
});
