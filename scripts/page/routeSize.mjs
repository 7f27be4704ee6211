import { build } from 'esbuild';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundleOptions } from './devPage.mjs';

const ROUTE = join(
  'plugins',
  'pipeline-demo',
  'src',
  'pages',
  'PortalPage.tsx',
);
/** What every portal has loaded before. */
const OF_THE_PORTAL = [
  'react',
  'react-dom',
  'react-router-dom',
  '@backstage/*',
  '@material-ui/*',
];

/**
 * The page's own code as people get it: this plugin's, the domain's, and the
 * libraries that no portal brings.
 *
 * @returns bytes after gzip, of scripts and of style sheets
 */
export async function routeSize() {
  const { outputFiles } = await build({
    ...bundleOptions('production'),
    entryPoints: [ROUTE],
    external: OF_THE_PORTAL,
    outdir: 'out',
    write: false,
  });
  const sizeOf = extension =>
    outputFiles
      .filter(({ path }) => path.endsWith(extension))
      .reduce((sum, { contents }) => sum + gzipSync(contents).length, 0);
  return { scripts: sizeOf('.js'), styles: sizeOf('.css') };
}
