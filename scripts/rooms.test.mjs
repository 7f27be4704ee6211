// Lints code that is wrong on purpose, in files that do not exist, and expects
// the complaint: without its resolver's settings import/no-restricted-paths
// passes everything in silence.
import { ESLint } from 'eslint';
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const COMMON = 'plugins/pipeline-demo-common/src';
const BACKEND = 'plugins/pipeline-demo-backend/src';
const PAGE = 'plugins/pipeline-demo/src';

const PATHS = 'import/no-restricted-paths';
const NODE = 'import/no-nodejs-modules';
const GLOBALS = 'no-restricted-globals';
const PROPERTIES = 'no-restricted-properties';
const SYNTAX = 'no-restricted-syntax';

const linters = new Map();

/** The ids of the rules that complain, as `backstage-cli package lint` sees it. */
async function complaints(file, code) {
  const cwd = join(root, file.split('/').slice(0, 2).join('/'));
  const linter = linters.get(cwd) ?? new ESLint({ cwd });
  linters.set(cwd, linter);
  const [result] = await linter.lintText(code, { filePath: join(root, file) });
  assert.equal(result.fatalErrorCount, 0, JSON.stringify(result.messages));
  return result.messages.map(({ ruleId }) => ruleId);
}

/** An import of a file of that room, as seen from another room. */
function roomImport(folder, room) {
  const file = readdirSync(join(root, folder, room)).find(
    name => /\.tsx?$/.test(name) && !name.includes('.test.'),
  );
  return importOf(`../${room}/${file.replace(/\.tsx?$/, '')}`);
}

function importOf(path) {
  return `import thing from '${path}';\n\nexport default thing;\n`;
}

const backendRoom = (room, forbidden) =>
  forbidden.map(other => [
    `${BACKEND}/${room}/wrong.ts`,
    roomImport(BACKEND, other),
    PATHS,
  ]);
const pageRoom = (room, forbidden) =>
  forbidden.map(other => [
    `${PAGE}/${room}/wrong.ts`,
    roomImport(PAGE, other),
    PATHS,
  ]);

const WRONG = [
  // the domain
  [`${COMMON}/wrong.ts`, importOf('react'), PATHS],
  [`${COMMON}/wrong.ts`, importOf('@backstage/errors'), PATHS],
  [`${COMMON}/permissions.ts`, importOf('@backstage/errors'), PATHS],
  [`${COMMON}/wrong.ts`, importOf('node:fs'), NODE],
  [`${COMMON}/wrong.ts`, importOf('node:events'), NODE],
  [`${COMMON}/wrong.ts`, 'export const now = Date.now();\n', PROPERTIES],
  [`${COMMON}/wrong.ts`, 'export const now = new Date();\n', SYNTAX],
  [`${COMMON}/wrong.ts`, 'export const seed = Math.random();\n', PROPERTIES],
  [`${COMMON}/wrong.ts`, 'export const env = process.env;\n', GLOBALS],
  // ports
  ...backendRoom('ports', ['runs', 'logs', 'live', 'http', 'database']),
  [`${BACKEND}/ports/wrong.ts`, importOf('knex'), PATHS],
  [`${BACKEND}/ports/wrong.ts`, importOf('@backstage/errors'), PATHS],
  // the middle
  ...backendRoom('runs', ['database', 'local', 'kubernetes', 'http', 'stream']),
  ...backendRoom('logs', [
    'database',
    'local',
    'kubernetes',
    'http',
    'stream',
    'runs',
  ]),
  ...backendRoom('live', [
    'database',
    'local',
    'kubernetes',
    'http',
    'stream',
    'runs',
  ]),
  ...backendRoom('live', ['logs']),
  ...['runs', 'logs', 'live'].flatMap(room => [
    ...['knex', 'pg', 'express', 'ws', '@kubernetes/client-node'].map(name => [
      `${BACKEND}/${room}/wrong.ts`,
      importOf(name),
      PATHS,
    ]),
    [`${BACKEND}/${room}/wrong.ts`, importOf('node:fs'), NODE],
    [
      `${BACKEND}/${room}/wrong.ts`,
      'export const a = Date.now();\n',
      PROPERTIES,
    ],
    [`${BACKEND}/${room}/wrong.ts`, 'export const a = new Date();\n', SYNTAX],
    [
      `${BACKEND}/${room}/wrong.ts`,
      'export const a = Math.random();\n',
      PROPERTIES,
    ],
    [`${BACKEND}/${room}/wrong.ts`, 'export const a = process.env;\n', GLOBALS],
  ]),
  // adapters
  ...backendRoom('local', ['database', 'http', 'stream', 'runs', 'logs']),
  ...backendRoom('kubernetes', [
    ...['local', 'database', 'http', 'stream', 'runs', 'logs', 'live'],
  ]),
  ...backendRoom('database', ['local', 'http', 'stream', 'runs', 'live']),
  ...backendRoom('http', ['local', 'kubernetes', 'database']),
  ...backendRoom('stream', ['local', 'kubernetes', 'database']),
  ...backendRoom('actions', ['local', 'kubernetes', 'database', 'stream']),
  ...backendRoom('http', ['actions']),
  ...backendRoom('observers', ['local', 'database', 'http', 'stream']),
  ...backendRoom('runs', ['observers']),
  [`${BACKEND}/runs/wrong.ts`, importOf('@opentelemetry/api'), PATHS],
  // the page
  ...['pages', 'run', 'log', 'entity'].flatMap(room => [
    ...pageRoom(room, ['api']),
    [`${PAGE}/${room}/wrong.ts`, 'export const a = fetch("/");\n', GLOBALS],
    [
      `${PAGE}/${room}/wrong.ts`,
      'export const a = new WebSocket("ws://a");\n',
      GLOBALS,
    ],
  ]),
  ...pageRoom('state', ['pages', 'run', 'log', 'entity']),
  [`${PAGE}/state/wrong.ts`, importOf('../api/PipelineDemoClient'), PATHS],
  [`${PAGE}/state/wrong.ts`, importOf('@backstage/ui'), PATHS],
  [`${PAGE}/state/wrong.ts`, importOf('@backstage/core-components'), PATHS],
  [`${PAGE}/state/wrong.ts`, importOf('@material-ui/core'), PATHS],
];

const RIGHT = [
  [`${COMMON}/right.ts`, importOf('./task')],
  [`${COMMON}/right.ts`, 'export const at = new Date(0).toISOString();\n'],
  [`${COMMON}/permissions.ts`, importOf('@backstage/plugin-permission-common')],
  [
    `${BACKEND}/ports/right.ts`,
    importOf('backstage-plugin-pipeline-demo-common'),
  ],
  [`${BACKEND}/runs/right.ts`, roomImport(BACKEND, 'ports')],
  [`${BACKEND}/runs/right.ts`, roomImport(BACKEND, 'logs')],
  [`${BACKEND}/logs/right.ts`, roomImport(BACKEND, 'live')],
  [`${BACKEND}/runs/right.test.ts`, roomImport(BACKEND, 'database')],
  [`${BACKEND}/database/right.ts`, importOf('knex')],
  [`${BACKEND}/kubernetes/right.ts`, importOf('@kubernetes/client-node')],
  [`${BACKEND}/http/right.ts`, roomImport(BACKEND, 'runs')],
  [`${BACKEND}/actions/right.ts`, roomImport(BACKEND, 'http')],
  [`${BACKEND}/observers/right.ts`, roomImport(BACKEND, 'runs')],
  [`${BACKEND}/right.ts`, importOf('./database/DatabaseRunStore')],
  [`${PAGE}/run/right.ts`, roomImport(PAGE, 'state')],
  [`${PAGE}/state/right.ts`, importOf('../api/PipelineDemoApi')],
];

describe('lint forbids', () => {
  for (const [file, code, rule] of WRONG) {
    test(`${file}: ${code.split('\n')[0]}`, async () => {
      const found = await complaints(file, code);
      assert.ok(found.includes(rule), `${rule} is missing in [${found}]`);
    });
  }
});

describe('lint allows', () => {
  for (const [file, code] of RIGHT) {
    test(`${file}: ${code.split('\n')[0]}`, async () => {
      const found = await complaints(file, code);
      assert.deepEqual(
        found.filter(rule => [PATHS, NODE, SYNTAX].includes(rule)),
        [],
      );
    });
  }
});
