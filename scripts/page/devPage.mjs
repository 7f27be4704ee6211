import { context } from 'esbuild';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serveFolder } from './serveFolder.mjs';

/** The page, and what measures its parts. */
const ENTRIES = ['index.tsx', 'measure.ts'].map(name =>
  join('plugins', 'pipeline-demo', 'dev', name),
);
const FOLDER = join('node_modules', '.cache', 'pipeline-demo', 'dev-page');
const CONFIG = {
  context: 'dev',
  data: {
    app: { title: 'Backstage', baseUrl: 'http://localhost' },
    backend: { baseUrl: 'http://localhost' },
  },
};

const HTML = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/index.css" />
    <title>Pipeline demo</title>
  </head>
  <body>
    <div id="root"></div>
    <script type="module" src="/index.js"></script>
  </body>
</html>
`;

/**
 * Bundles the page without a backend, and serves it.
 *
 * @param options.mode `production` is built once, as people get it;
 *   `development` anew whenever a file changes
 * @param options.port 0 is a free one
 * @returns its `url`, and `stop()`
 */
export async function serveDevPage({ mode, port = 0 }) {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, 'index.html'), HTML);
  const isProduction = mode === 'production';
  const builder = await context({
    ...bundleOptions(mode),
    entryPoints: ENTRIES,
    outdir: FOLDER,
    splitting: true,
    sourcemap: !isProduction,
  });
  await (isProduction ? builder.rebuild() : builder.watch());
  const server = await serveFolder(FOLDER, port);
  return {
    url: server.url,
    async stop() {
      server.close();
      await builder.dispose();
    },
  };
}

/** How the page is bundled: small, and with its style sheets as modules. */
export function bundleOptions(mode) {
  return {
    bundle: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    minify: mode === 'production',
    logLevel: 'error',
    define: {
      'process.env.NODE_ENV': JSON.stringify(mode),
      'process.env.APP_CONFIG': JSON.stringify([CONFIG]),
      'process.env.HAS_REACT_DOM_CLIENT': 'true',
      global: 'globalThis',
    },
    loader: { '.svg': 'dataurl', '.png': 'dataurl', '.woff2': 'dataurl' },
  };
}
