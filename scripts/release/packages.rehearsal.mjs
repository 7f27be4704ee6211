// The three packages as npm would deliver them, in folders that know nothing
// of this repository: a backend with the plugin executes a run, a page with
// the plugin is bundled, and an app of the legacy frontend system starts and
// watches a run of that backend in a browser. `npm run build` makes the
// archives before.
import { chromium, expect } from '@playwright/test';
import { build } from 'esbuild';
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, test } from 'node:test';
import { serveFolder } from '../page/serveFolder.mjs';
import { freePort } from '../portal/ports.mjs';
import { findBrowser } from '../tests/findBrowser.mjs';
import { archive, newProject, readJson, versionsOf } from './projects.mjs';
import { startBackend } from './startBackend.mjs';

const PAGE = 'backstage-plugin-pipeline-demo';
const POLL_MS = 250;
const RUN_LIMIT_MS = 120_000;
const TOKEN = 'a-token-of-the-rehearsal';

let folder;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

test('a new backend with the packed plugin executes a run', async t => {
  const cwd = newProject(folder, 'backend', {
    dependencies: {
      [`${PAGE}-common`]: archive(`${PAGE}-common`),
      [`${PAGE}-backend`]: archive(`${PAGE}-backend`),
      ...versionsOf('packages/backend/package.json', [
        '@backstage/backend-defaults',
        'better-sqlite3',
      ]),
    },
    // It asks for version 12, which has to be compiled.
    overrides: { 'better-sqlite3': '$better-sqlite3' },
  });
  writeFileSync(
    join(cwd, 'index.js'),
    `const { createBackend } = require('@backstage/backend-defaults');
    const backend = createBackend();
    backend.add(import('${PAGE}-backend'));
    backend.start();`,
  );
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  writeFileSync(join(cwd, 'app-config.yaml'), JSON.stringify(configOf(url)));
  const backend = await startBackend({
    command: [process.execPath, 'index.js'],
    cwd,
    env: { ...process.env, NODE_ENV: 'production', PIPELINE_DEMO_PACE: '0.1' },
    urls: [`${url}/api/pipeline-demo/health`],
    log: join(folder, 'backend.log'),
  });
  t.after(() => backend.stop());

  const run = await executeRun(`${url}/api/pipeline-demo/demo`);
  assert.equal(run.phase, 'succeeded', backend.output());
  assert.equal(run.hasReport, true);
  assert.ok(run.lineCount > 10, `${run.lineCount} lines`);
  assert.equal(await backend.stop(), 0);
});

test('a new page with the packed plugin is bundled', async () => {
  const { peerDependencies, exports } = readJson(
    'plugins/pipeline-demo/package.json',
  );
  const entries = Object.keys(exports).filter(path => !path.endsWith('.json'));
  const cwd = newProject(folder, 'page', {
    dependencies: {
      [`${PAGE}-common`]: archive(`${PAGE}-common`),
      [PAGE]: archive(PAGE),
      ...peerDependencies,
    },
  });
  writeFileSync(
    join(cwd, 'index.js'),
    `${entries
      .map(
        (path, index) =>
          `import * as entry${index} from '${PAGE}${path.slice(1)}';\n`,
      )
      .join('')}
    // As a whole: nothing of it may be left out of the bundle.
    export default [${entries.map((_, index) => `entry${index}`)}];`,
  );
  const { errors, outputFiles } = await build({
    entryPoints: [join(cwd, 'index.js')],
    bundle: true,
    write: false,
    format: 'esm',
    outdir: join(cwd, 'out'),
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.svg': 'dataurl', '.woff': 'empty', '.woff2': 'empty' },
  });
  assert.deepEqual(errors, []);
  const js = outputFiles.find(({ path }) => path.endsWith('.js')).text;
  assert.ok(js.includes('pipeline-demo.v1'), 'the page is in the bundle');
});

function configOf(url) {
  const access = { type: 'static', options: { token: TOKEN, subject: 'test' } };
  return {
    app: { baseUrl: url },
    backend: {
      baseUrl: url,
      listen: { host: '127.0.0.1', port: Number(new URL(url).port) },
      database: { client: 'better-sqlite3', connection: ':memory:' },
      auth: { externalAccess: [access] },
    },
    pipelineDemo: { local: { workDir: join(folder, 'runs') } },
  };
}

/** Starts a run of one batch. @returns it as it is at its end */
async function executeRun(api) {
  const headers = {
    Authorization: `Bearer ${TOKEN}`,
    'Content-Type': 'application/json',
  };
  const ask = async (path, init = {}) => {
    const response = await fetch(`${api}${path}`, { headers, ...init });
    const text = await response.text();
    assert.ok(response.ok, `${path}: ${response.status} ${text}`);
    return JSON.parse(text);
  };
  const body = JSON.stringify({ batchCount: 1 });
  const { run } = await ask('/run', { method: 'POST', body });
  const giveUpAt = performance.now() + RUN_LIMIT_MS;
  for (;;) {
    const now = await ask(`/runs/${run.id}`);
    if (!now.active || performance.now() > giveUpAt) {
      return now;
    }
    await sleep(POLL_MS);
  }
}
