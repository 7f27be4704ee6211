// npm run test:postgres: the stores' tests on a PostgreSQL server that lives
// as long as they do.
import { readFileSync } from 'node:fs';
import { untilStopped } from '../portal/untilStopped.mjs';
import { resultFile } from '../tests/results.mjs';
import { runJest } from '../tests/runJest.mjs';
import { startPostgres } from '../tests/startPostgres.mjs';

const stopped = untilStopped();

try {
  const server = await startPostgres();
  try {
    process.exitCode = await Promise.race([
      testOn(server),
      stopped.then(() => 1),
    ]);
  } finally {
    server.stop();
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
process.exit();

/** @returns 0 when all passed, and some of them really on this server */
async function testOn({ version, port, url }) {
  console.log(`PostgreSQL ${version} listens on port ${port}.`);
  const variable = `BACKSTAGE_TEST_DATABASE_POSTGRES${version}_CONNECTION_STRING`;
  const code = await runJest(
    'postgres',
    ['plugins/pipeline-demo-backend/src/database'],
    { ...process.env, [variable]: url },
  );
  const passed = passedOnPostgres();
  console.log(`${passed} tests passed on PostgreSQL ${version}.`);
  return passed > 0 ? code : 1;
}

function passedOnPostgres() {
  const report = JSON.parse(readFileSync(resultFile('postgres.jest'), 'utf8'));
  return report.testResults
    .flatMap(file => file.assertionResults)
    .filter(
      ({ status, fullName }) =>
        status === 'passed' && /postgres/i.test(fullName),
    ).length;
}
