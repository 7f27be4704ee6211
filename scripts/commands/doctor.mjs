// npm run doctor [-- --config <file>]...: looks at all that runs stand on,
// with the configuration that the portal would have. Exits 1 when something
// is missing.
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { run } from '../tests/run.mjs';

const { resolve: find } = createRequire(import.meta.url);

const args = process.argv
  .slice(2)
  .map((arg, index, all) =>
    all[index - 1] === '--config' ? resolve(arg) : arg,
  );

// Paths in the configuration are relative to where the portal runs.
process.exit(
  await run(
    [
      process.execPath,
      '--no-warnings',
      '--require',
      find('@backstage/cli/config/nodeTransform.cjs'),
      resolve('plugins', 'pipeline-demo-backend', 'dev', 'doctor.ts'),
      ...args,
    ],
    { cwd: join('packages', 'backend') },
  ),
);
