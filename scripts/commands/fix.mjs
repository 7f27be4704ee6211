// npm run fix: what check finds and a machine can mend.
import { runChecks } from '../tests/runChecks.mjs';

const failed = runChecks([
  {
    title: 'package.json of the packages',
    command: ['backstage-cli', 'repo', 'fix', '--publish'],
  },
  {
    title: 'lint of the packages',
    command: ['backstage-cli', 'repo', 'lint', '--fix'],
  },
  {
    title: 'lint of scripts and browser tests',
    command: ['eslint', '--fix', '--ext', 'mjs,ts', 'scripts', 'e2e'],
  },
  {
    title: 'format',
    command: ['prettier', '--loglevel', 'warn', '--write', '.'],
  },
]);
process.exit(failed.length > 0 ? 1 : 0);
