// npm run test:release: a release without GitHub, npm and Docker. What would
// be published is made, installed in empty folders, and started: what npm run
// build has made, which is called if nothing is there.
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { resultFile } from '../tests/results.mjs';
import { run } from '../tests/run.mjs';

const BUILT = join('packages', 'backend', 'dist', 'bundle.tar.gz');

const args = process.argv.slice(2);

if (!existsSync(BUILT) || !existsSync('dist-packages')) {
  const code = await run([process.execPath, 'scripts/commands/build.mjs']);
  if (code !== 0) {
    process.exit(code);
  }
}
process.exit(
  await run([
    process.execPath,
    '--test',
    // Each of them is busy enough for a whole machine.
    '--test-concurrency=1',
    // Each of them is over in a minute or two: what hangs is a failure.
    '--test-timeout=600000',
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=tap',
    `--test-reporter-destination=${resultFile('release.tap')}`,
    ...(args.length > 0 ? args : globSync('scripts/release/*.rehearsal.mjs')),
  ]),
);
