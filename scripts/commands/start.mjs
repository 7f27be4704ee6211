// npm start: the portal, until it is stopped.
import { join } from 'node:path';
import { openPage } from '../portal/openPage.mjs';
import { startPortal } from '../portal/startPortal.mjs';
import { untilStopped } from '../portal/untilStopped.mjs';

const verbose = process.argv.includes('--verbose');
const stopped = untilStopped();

console.log('Starting the portal (its output: data/logs; or --verbose)…');
const starting = startPortal({
  appPort: 3000,
  backendPort: 7007,
  watch: true,
  logs: join('data', 'logs'),
  ...(verbose && {
    onLine: (program, line) => console.log(`[${program}] ${line}`),
  }),
});

try {
  const portal = await Promise.race([starting, stopped]);
  if (typeof portal !== 'string') {
    console.log(`Ready: ${portal.page}`);
    openPage(portal.page);
    await Promise.race([portal.ended, stopped]);
    await portal.stop();
  }
  process.exit(0);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
