// npm run screenshots: the pictures of the README, from a real run.
import { runInPortal } from '../tests/runInPortal.mjs';

// Half the speed, so that both themes are taken while the run is running.
process.env.PIPELINE_DEMO_PACE ??= '2';

process.exit(await runInPortal('screenshots', process.argv.slice(2)));
