import { defineConfig } from '@playwright/test';
import { CHROMIUM } from '../chromium.ts';

/**
 * The system's own Chromium against the page without a backend, which
 * `npm run test:page` or `npm run screenshots -- dev` has started.
 */
export default defineConfig({
  testDir: '.',
  outputDir: '../../node_modules/.cache/pipeline-demo/page-tests',
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE
    ? [['list'], ['json']]
    : [['list']],
  projects: [
    { name: 'page', testMatch: '*.spec.ts' },
    { name: 'pictures', testMatch: 'pictures.ts' },
  ],
  use: {
    baseURL: process.env.PAGE_URL,
    viewport: { width: 1440, height: 900 },
    trace: 'off',
    screenshot: 'off',
    launchOptions: CHROMIUM,
  },
});
