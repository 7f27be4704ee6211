import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runQuietly } from '../install/runQuietly.mjs';
import { freePort } from '../portal/ports.mjs';
import { startPortal, temporaryData } from '../portal/startPortal.mjs';
import { untilStopped } from '../portal/untilStopped.mjs';
import { run } from './run.mjs';

/** Where Debian, Fedora, Arch and macOS have it. */
const BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * Starts a portal of its own, as it is built for production, on a free port
 * and with empty data, and runs one of Playwright's projects against it.
 *
 * @param project as in playwright.config.ts
 * @param args Playwright's own
 * @param env for the project
 * @returns an exit code
 */
export async function runInPortal(project, args, env = {}) {
  const stopped = untilStopped();
  const data = temporaryData();
  let portal;
  try {
    const browser = findBrowser();
    const logs = join('data', 'logs', project);
    await runQuietly({
      title: 'Building the page',
      command: ['backstage-cli', 'package', 'build'],
      cwd: join('packages', 'app'),
      log: join(logs, 'build.log'),
    });
    console.log('Starting a portal for the browser…');
    const port = await freePort();
    portal = await startPortal({
      backendPort: port,
      appPort: port,
      data: data.folder,
      logs,
    });
    return await Promise.race([
      run(['playwright', 'test', `--project=${project}`, ...args], {
        env: {
          ...process.env,
          ...env,
          CHROMIUM: browser,
          PORTAL_URL: new URL(portal.page).origin,
          BACKEND_URL: portal.backend,
        },
      }),
      stopped.then(() => 1),
      portal.ended,
    ]);
  } catch (error) {
    console.error(error.message);
    return 1;
  } finally {
    await portal?.stop();
    data.remove();
  }
}

function findBrowser() {
  const browser = process.env.CHROMIUM ?? BROWSERS.find(existsSync);
  if (!browser || !existsSync(browser)) {
    throw new Error(
      `${
        browser ?? 'Chromium'
      } is not there: apt-get install chromium (Debian), or set CHROMIUM to the path of a Chromium or Chrome.`,
    );
  }
  return browser;
}
