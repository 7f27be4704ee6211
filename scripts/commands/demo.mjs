// npm run demo [-- --batches N]: starts the backend alone, runs the pipeline,
// and shows it in this terminal. Exits 0 when the run succeeded, else 1.
import { join } from 'node:path';
import { DemoApi } from '../demo/DemoApi.mjs';
import { DemoScreen } from '../demo/DemoScreen.mjs';
import { followRun } from '../demo/followRun.mjs';
import { readBatches } from '../demo/readBatches.mjs';
import { freePort } from '../portal/ports.mjs';
import { startPortal, temporaryData } from '../portal/startPortal.mjs';
import { untilStopped } from '../portal/untilStopped.mjs';

let batches;
try {
  batches = readBatches(process.argv.slice(2));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

const stopped = untilStopped();
const data = temporaryData();
const screen = new DemoScreen(process.stdout, process.env);
let portal;
try {
  screen.say('Starting the backend…');
  portal = await startPortal({
    backendPort: await freePort(),
    data: data.folder,
    logs: join('data', 'logs', 'demo'),
  });
  const api = await DemoApi.signIn(portal.backend);
  process.exitCode = (await showRun(api)) ? 0 : 1;
} catch (error) {
  screen.end();
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await portal?.stop();
  data.remove();
}
process.exit();

/** @returns whether the run succeeded */
async function showRun(api) {
  const { run } = await api.start(batches);
  screen.say(
    `Run ${run.id}: ${batches} batches, ${run.counts.total} tasks, ${run.engine} engine. Ctrl+C cancels it.`,
  );
  stopped.then(async () => {
    screen.say('Cancelling…');
    await api.cancel(run.id);
  });
  await Promise.race([followRun(api, run.id, screen), portal.ended]);
  screen.end();
  const { phase, outcome, durationSeconds } = await api.run(run.id);
  if (phase === 'succeeded') {
    screen.say('');
    screen.report(await api.report(run.id));
    screen.say('');
  }
  const why = outcome?.message ? `: ${outcome.message}` : '.';
  screen.say(`Run ${run.id} ${phase} after ${durationSeconds} s${why}`);
  return phase === 'succeeded';
}
