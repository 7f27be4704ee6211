// npm run build: the portal, and the three plugin packages as they would be
// published, in dist-packages/. What is packed is unpacked again and loaded.
import { withYarn } from '../install/withYarn.mjs';
import { runChecks } from '../tests/runChecks.mjs';
import { packPlugins, problemsOf } from '../tests/packPlugins.mjs';

const failed = runChecks([
  { title: 'types', command: ['tsc'] },
  {
    title: 'build of all packages',
    // The backend's bundle is packed with Yarn.
    command: withYarn('backstage-cli', 'repo', 'build', '--all'),
  },
]);
if (failed.length > 0) {
  process.exit(1);
}
const problems = packPlugins().flatMap(problemsOf);
for (const problem of problems) {
  console.log(`FAILED  ${problem}`);
}
process.exit(problems.length > 0 ? 1 : 0);
