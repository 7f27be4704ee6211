// npm test: every test that needs neither browser, nor database server, nor
// cluster. `npm test -- <pattern>` runs the matching files of the packages.
import { globSync } from 'node:fs';
import { resultFile } from '../tests/results.mjs';
import { run } from '../tests/run.mjs';
import { runJest } from '../tests/runJest.mjs';

const args = process.argv.slice(2).filter(arg => arg !== '--verbose');

const codes = [await runJest('unit', args)];
if (args.length === 0) {
  codes.push(await testScripts());
  console.log(`
Left out, because they need more than Node and npm:
  npm run test:postgres   the stores on PostgreSQL (needs its server programs)
  npm run test:e2e        the portal in a browser (needs Chromium)
  npm run test:page       every state of the page in a browser (needs Chromium)
  npm run test:faults     processes killed from outside (needs both, and Linux)
  npm run e2e             runs on a cluster (needs KUBECONFIG, or Docker and kind, or root on Debian and Go)`);
}
process.exit(codes.every(code => code === 0) ? 0 : 1);

/** The tests of scripts/ run in Node's own runner: they test what installs jest. */
function testScripts() {
  return run([
    process.execPath,
    '--test',
    // All of them are over in a minute: what hangs is a failure.
    '--test-timeout=300000',
    '--test-reporter=dot',
    '--test-reporter-destination=stdout',
    '--test-reporter=tap',
    `--test-reporter-destination=${resultFile('scripts.tap')}`,
    ...globSync('scripts/**/*.test.mjs'),
  ]);
}
