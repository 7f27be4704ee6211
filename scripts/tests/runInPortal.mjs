import { join } from 'node:path';
import { freePort } from '../portal/ports.mjs';
import { startPortal, temporaryData } from '../portal/startPortal.mjs';
import { untilStopped } from '../portal/untilStopped.mjs';
import { buildPage } from './buildPage.mjs';
import { findBrowser } from './findBrowser.mjs';
import { run } from './run.mjs';

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
    await buildPage(logs);
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
