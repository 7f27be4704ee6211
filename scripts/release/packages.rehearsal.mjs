// The three packages as npm would deliver them, in folders that know nothing
// of this repository: a backend with the plugin executes a run, a page with
// the plugin is bundled, and an app of the legacy frontend system starts and
// watches a run of that backend in a browser. `npm run build` makes the
// archives before.
import { chromium, expect } from '@playwright/test';
import { build } from 'esbuild';
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, test } from 'node:test';
import { serveFolder } from '../page/serveFolder.mjs';
import { freePort } from '../portal/ports.mjs';
import { findBrowser } from '../tests/findBrowser.mjs';
import {
  archive,
  newProject,
  readJson,
  removeMeanwhile,
  versionsOf,
} from './projects.mjs';
import { startBackend } from './startBackend.mjs';

const PAGE = 'backstage-plugin-pipeline-demo';
const LEGACY_APP = ['@backstage/app-defaults', '@backstage/core-app-api'];
const POLL_MS = 250;
const RUN_LIMIT_MS = 120_000;
const TOKEN = 'a-token-of-the-rehearsal';

let folder;
/** The folder of the backend, and of the page, once they are there. */
let backendProject;
let pageProject;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-'));
});
after(() => removeMeanwhile(folder));

test('a new backend with the packed plugin executes a run', async t => {
  backendProject = newProject(folder, 'backend', {
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
    join(backendProject, 'index.js'),
    `const { createBackend } = require('@backstage/backend-defaults');
    const backend = createBackend();
    backend.add(import('${PAGE}-backend'));
    backend.start();`,
  );
  const { backend, url } = await startPlugin();
  t.after(() => backend.stop());

  const run = await executeRun(`${url}/api/pipeline-demo/demo`);
  assert.equal(run.phase, 'succeeded', backend.output());
  assert.equal(run.hasReport, true);
  assert.ok(run.lineCount > 10, `${run.lineCount} lines`);
  assert.equal(await backend.stop(), 0);
});

test('a new page with the packed plugin is bundled', async () => {
  const manifest = 'plugins/pipeline-demo/package.json';
  const { peerDependencies, exports } = readJson(manifest);
  const entries = Object.keys(exports).filter(path => !path.endsWith('.json'));
  pageProject = newProject(folder, 'page', {
    dependencies: {
      [`${PAGE}-common`]: archive(`${PAGE}-common`),
      [PAGE]: archive(PAGE),
      ...versionsOf(manifest, LEGACY_APP),
      ...peerDependencies,
    },
  });
  writeFileSync(
    join(pageProject, 'index.js'),
    `${entries
      .map(
        (path, index) =>
          `import * as entry${index} from '${PAGE}${path.slice(1)}';\n`,
      )
      .join('')}
    // As a whole: nothing of it may be left out of the bundle.
    export default [${entries.map((_, index) => `entry${index}`)}];`,
  );
  const { outputFiles } = await bundle('index.js', { write: false });
  const js = outputFiles.find(({ path }) => path.endsWith('.js')).text;
  assert.ok(js.includes('pipeline-demo.v1'), 'the page is in the bundle');
});

test('an app of the legacy frontend system starts a run and watches it', async t => {
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    // Chromium has no sandbox for root, which CI is.
    chromiumSandbox: process.getuid() !== 0,
  });
  // Before the backend is stopped: Backstage's server waits for connections,
  // also for those that a browser keeps in stock.
  t.after(() => browser.close());
  const site = join(pageProject, 'out');
  const page = await serveFolder(site, 0);
  t.after(() => page.close());
  const { backend, url } = await startPlugin({
    app: { baseUrl: page.url },
    backend: {
      cors: { origin: page.url, credentials: true },
      // This app has no sign-in page.
      auth: { dangerouslyDisableDefaultAuthPolicy: true },
    },
  });
  t.after(() => backend.stop());
  copyFileSync('scripts/release/legacyApp.jsx', join(pageProject, 'app.jsx'));
  await bundle('app.jsx', {
    jsx: 'automatic',
    define: {
      'process.env.NODE_ENV': '"production"',
      'process.env': '{}',
      global: 'globalThis',
      APP_CONFIG: JSON.stringify({
        app: { title: 'Legacy portal', baseUrl: page.url },
        backend: { baseUrl: url },
      }),
    },
  });
  writeFileSync(
    join(site, 'index.html'),
    `<!doctype html><html lang="en"><head><title>Legacy portal</title>
    <link rel="stylesheet" href="/app.css"></head>
    <body><div id="root"></div><script type="module" src="/app.js"></script></body></html>`,
  );

  const tab = await browser.newPage({ baseURL: page.url });
  const errors = [];
  tab.on('pageerror', error => errors.push(error));
  await tab.goto('/pipeline-demo');
  await tab.getByRole('slider', { name: 'Batches' }).press('Home');
  await tab.getByRole('button', { name: 'Run 1 batch', exact: true }).click();
  await tab.waitForURL('**/pipeline-demo/runs/*');
  await expect(tab.getByRole('heading', { level: 2 }).first()).toHaveText(
    'Succeeded',
    { timeout: RUN_LIMIT_MS },
  );
  await expect(tab.getByRole('button', { name: 'report.json' })).toBeVisible();
  await tab.goto('/entity');
  await expect(
    tab.getByRole('button', { name: /^Run \d+ batches$/ }),
  ).toBeVisible();
  assert.deepEqual(errors, []);
});

/** Starts the backend of the first test; `changes` go over its configuration. */
async function startPlugin(changes = {}) {
  const url = `http://127.0.0.1:${await freePort()}`;
  const config = configOf(url);
  writeFileSync(
    join(backendProject, 'app-config.yaml'),
    JSON.stringify({
      ...config,
      ...changes,
      backend: { ...config.backend, ...changes.backend },
    }),
  );
  const backend = await startBackend({
    command: [process.execPath, 'index.js'],
    cwd: backendProject,
    env: { ...process.env, NODE_ENV: 'production', PIPELINE_DEMO_PACE: '0.1' },
    urls: [`${url}/api/pipeline-demo/health`],
    log: join(folder, 'backend.log'),
  });
  return { backend, url };
}

/** Bundles a file of the page's folder, into `out/` there. */
async function bundle(entry, options) {
  const result = await build({
    entryPoints: [join(pageProject, entry)],
    bundle: true,
    format: 'esm',
    outdir: join(pageProject, 'out'),
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.svg': 'dataurl', '.woff': 'empty', '.woff2': 'empty' },
    ...options,
  });
  assert.deepEqual(result.errors, []);
  return result;
}

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
