// npm run generate: the typed router from the OpenAPI document, and the API
// reports from the code. Needs Java, and Maven Central for the generator.
import { spawnSync } from 'node:child_process';
import { withYarn } from '../install/withYarn.mjs';
import { API_REPORTS, forgetDeclarations } from '../tests/apiReports.mjs';
import { runChecks } from '../tests/runChecks.mjs';

if (spawnSync('java', ['-version']).status !== 0) {
  console.error(
    'The OpenAPI generator needs Java: apt-get install default-jre-headless (Debian), brew install openjdk (macOS).',
  );
  process.exit(1);
}
forgetDeclarations();
const failed = runChecks([
  {
    title: 'typed router from src/schema/openapi.yaml',
    // It calls yarn by itself, to lint what it has made.
    command: withYarn(
      'backstage-repo-tools',
      'package',
      'schema',
      'openapi',
      'generate',
      '--server',
    ),
    cwd: 'plugins/pipeline-demo-backend',
  },
  { title: 'types', command: ['tsc'] },
  { title: 'API reports', command: API_REPORTS },
]);
process.exit(failed.length > 0 ? 1 : 0);
