// npm run dev:page: every state of the page without a backend, until stopped.
// npm run dev:page -- record [batches]: records a run for it.
import { serveDevPage } from '../page/devPage.mjs';
import { record } from '../page/record.mjs';
import { untilStopped } from '../portal/untilStopped.mjs';

const PORT = 3030;

const [, , what, batches = '5'] = process.argv;
if (what === 'record') {
  await record(Number(batches));
} else {
  const page = await serveDevPage({ mode: 'development', port: PORT });
  console.log(`Ready: ${page.url}/?scenario=running-5`);
  await untilStopped();
  await page.stop();
}
process.exit(0);
