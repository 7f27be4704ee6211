// npm run dev:page -- record [batches] runs the pipeline once, on the engine
// of app-config.local.yaml, and keeps what a page would hear of it, in
// recordings/, for the page without a backend. Times are milliseconds since
// the start.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DemoApi } from '../demo/DemoApi.mjs';
import { freePort } from '../portal/ports.mjs';
import { startPortal, temporaryData } from '../portal/startPortal.mjs';

const POLL_MS = 500;
/** Greater numbers are times: epoch milliseconds. */
const LEAST_TIME = 1e12;

const FOLDER = join('plugins', 'pipeline-demo', 'dev', 'recordings');

/** @param batchCount of the run that is recorded */
export async function record(batchCount) {
  const data = temporaryData();
  const portal = await startPortal({
    backendPort: await freePort(),
    data: data.folder,
    logs: join('data', 'logs', 'record'),
  });
  try {
    const api = await DemoApi.signIn(portal.backend);
    const { run } = await api.start(batchCount);
    while ((await api.run(run.id)).active) {
      await sleep(POLL_MS);
    }
    const recording = await read(api, run.id);
    const file = join(FOLDER, `${run.engine}-${batchCount}.json`);
    writeFileSync(file, `${JSON.stringify(recording)}\n`);
    console.log(
      `${file}: ${recording.events.length} events, ${recording.lines.length} lines`,
    );
  } finally {
    await portal.stop();
    data.remove();
  }
}

/** The whole run, from its first event and line. */
async function read(api, runId) {
  const { run } = await api.events(runId, undefined);
  const events = [];
  const lines = [];
  let cursor = { event: 0, line: 0 };
  let page;
  do {
    page = await api.events(runId, cursor);
    events.push(...page.events);
    lines.push(...page.lines);
    cursor = page.cursor;
  } while (!page.complete);
  const since = value => sinceStart(value, run.createdAt);
  return {
    batchCount: run.batchCount,
    engine: run.engine,
    seed: run.seed,
    events: events.map(({ event, ...body }) => since(body)),
    lines: lines.map(({ line, ...rest }) => since(rest)),
  };
}

function sinceStart(value, start) {
  if (typeof value === 'number') {
    return value > LEAST_TIME ? value - start : value;
  }
  if (Array.isArray(value)) {
    return value.map(part => sinceStart(part, start));
  }
  return value && typeof value === 'object'
    ? Object.fromEntries(
        Object.entries(value).map(([key, part]) => [
          key,
          sinceStart(part, start),
        ]),
      )
    : value;
}
