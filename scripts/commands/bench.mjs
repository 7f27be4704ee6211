// npm run bench -- local: how quick the local engine is, and what it costs.
import { join } from 'node:path';
import { run } from '../tests/run.mjs';

/** By name: the file in bench/. */
const BENCHES = ['local'];

const [, , name] = process.argv;
if (!BENCHES.includes(name)) {
  console.error(`Which one? npm run bench -- ${BENCHES.join(' | ')}`);
  process.exit(1);
}
if (process.platform !== 'linux') {
  console.error('This needs Linux: what programs use is read from /proc.');
  process.exit(1);
}
// Node's own warnings are of stripping types and of its SQLite.
process.exit(
  await run([process.execPath, '--no-warnings', join('bench', `${name}.ts`)]),
);
