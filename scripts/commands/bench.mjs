// npm run bench -- local: how quick the local engine is, and what it costs.
// npm run bench -- page: the same of the page, in Chromium.
import { join } from 'node:path';
import { runOnDevPage } from '../page/runOnDevPage.mjs';
import { run } from '../tests/run.mjs';

/** By name: the file in bench/, and what it runs against. */
const BENCHES = {
  local: run,
  page: runOnDevPage,
};

const [, , name] = process.argv;
if (!Object.hasOwn(BENCHES, name)) {
  const names = Object.keys(BENCHES).join(' | ');
  console.error(`Which one? npm run bench -- ${names}`);
  process.exit(1);
}
if (process.platform !== 'linux') {
  console.error('This needs Linux: what programs use is read from /proc.');
  process.exit(1);
}
// Node's own warnings are of stripping types and of its SQLite.
process.exit(
  await BENCHES[name]([
    process.execPath,
    '--no-warnings',
    join('bench', `${name}.ts`),
  ]),
);
