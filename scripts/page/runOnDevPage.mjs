import { findBrowser } from '../tests/findBrowser.mjs';
import { run } from '../tests/run.mjs';
import { untilStopped } from '../portal/untilStopped.mjs';
import { serveDevPage } from './devPage.mjs';

/**
 * Builds the page without a backend, serves it, and runs a program against it
 * that finds it at PAGE_URL.
 *
 * @returns the program's exit code
 */
export async function runOnDevPage(command, env = {}) {
  const stopped = untilStopped();
  let page;
  try {
    const browser = findBrowser();
    page = await serveDevPage({ mode: 'production' });
    return await Promise.race([
      run(command, {
        env: {
          ...process.env,
          ...env,
          CHROMIUM: browser,
          PAGE_URL: page.url,
        },
      }),
      stopped.then(() => 1),
    ]);
  } catch (error) {
    console.error(error.message);
    return 1;
  } finally {
    await page?.stop();
  }
}

/** One of the projects of e2e/page/playwright.config.ts. */
export function playwrightOf(project, args) {
  return [
    'playwright',
    'test',
    '--config',
    'e2e/page/playwright.config.ts',
    `--project=${project}`,
    ...args,
  ];
}
