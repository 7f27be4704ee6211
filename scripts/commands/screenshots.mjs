// npm run screenshots: the pictures of the README, from a real run.
import { runInPortal } from '../tests/runInPortal.mjs';

process.exit(await runInPortal('screenshots', process.argv.slice(2)));
