// npm run screenshots: the pictures of the README, from a real run.
// npm run screenshots -- dev: every state of the page, in data/screenshots;
// SCENARIOS=failed,cancelled takes only those.
import { playwrightOf, runOnDevPage } from '../page/runOnDevPage.mjs';
import { runInPortal } from '../tests/runInPortal.mjs';

const [, , what, ...args] = process.argv;

if (what === 'dev') {
  process.exit(await runOnDevPage(playwrightOf('pictures', args)));
}

// Half the speed, so that both themes are taken while the run is running.
process.env.PIPELINE_DEMO_PACE ??= '2';

process.exit(await runInPortal('screenshots', process.argv.slice(2)));
