import { defineConfig } from '@playwright/test';
import browser from '../../playwright.config.ts';

/**
 * Real processes, killed from outside: `npm run test:faults`. Most of the time
 * they wait, so two tests share two cores. A retry would hide a fault.
 */
export default defineConfig({
  testDir: '.',
  globalSetup: './warmUp.ts',
  testMatch: '*.fault.ts',
  outputDir: '../../node_modules/.cache/pipeline-demo/faults',
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 600_000,
  expect: { timeout: 60_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE
    ? [['list'], ['json']]
    : [['list']],
  use: { ...browser.use, trace: 'off' },
});
