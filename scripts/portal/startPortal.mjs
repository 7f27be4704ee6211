import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Programs } from './Programs.mjs';
import { isProblem } from './isProblem.mjs';
import { waitUntilOk } from './waitUntilOk.mjs';

/** The slowest laptop compiles the page well within this. */
const START_MS = 180_000;
/** What is shown of a program that ended by itself. */
const TAIL_LINES = 30;
/** What is shown of one line that tells of a problem: stacks come in one. */
const PROBLEM_CHARACTERS = 400;

const CLI_START = ['backstage-cli', 'package', 'start'];
/** What the CLI runs under its watch. */
const NODE_START = [
  'node',
  '--enable-source-maps',
  '--require',
  '@backstage/cli/config/nodeTransform.cjs',
  'src/index.ts',
];

/**
 * Starts the backend, and the page too when it gets a port: one of its own
 * for a page that is compiled as the code changes, the backend's for the page
 * that was built.
 *
 * @param options.backendPort, options.appPort where they listen
 * @param options.data the folder for databases and runs; without one, what
 *   app-config.yaml says
 * @param options.watch whether the backend restarts when its code changes,
 *   and waits for a change when it fails
 * @param options.logs the folder for the output of both
 * @param options.onLine called with (program, line) for each line of output
 * @returns once both answer: their URLs, `stop()`, and `ended`, a promise that
 *   rejects when one of them ends by itself
 * @throws Error when one of them does not come up
 */
export async function startPortal(options) {
  const { backendPort, appPort, onLine = showProblems } = options;
  const env = { ...process.env, ...configuration(options) };
  const programs = new Programs();
  const start = (name, folder, command) =>
    startProgram(programs, {
      name,
      folder,
      command,
      env,
      logs: options.logs,
      onLine,
    });
  const backend = `http://127.0.0.1:${backendPort}`;
  const page = `http://localhost:${appPort}/pipeline-demo`;
  const waits = [`${backend}/api/pipeline-demo/health`];
  const running = [
    start(
      'backend',
      join('packages', 'backend'),
      options.watch ? CLI_START : NODE_START,
    ),
  ];
  if (appPort && appPort !== backendPort) {
    running.push(start('app', join('packages', 'app'), CLI_START));
  }
  if (appPort) {
    waits.push(page);
  }
  const ended = Promise.race(running);
  // Who does not listen to `ended` is told by what stops working.
  ended.catch(() => undefined);
  const signal = AbortSignal.timeout(START_MS);
  try {
    for (const url of waits) {
      await Promise.race([waitUntilOk(url, signal), ended]);
    }
  } catch (error) {
    await programs.stop();
    throw error;
  }
  return { backend, page, ended, stop: () => programs.stop() };
}

/** A folder for one portal that nobody needs afterwards. */
export function temporaryData() {
  const folder = mkdtempSync(join(tmpdir(), 'pipeline-demo-'));
  return {
    folder,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What differs from app-config.yaml, in the variables that Backstage reads. */
function configuration({ backendPort, appPort, data }) {
  const app = `http://localhost:${appPort ?? 3000}`;
  return {
    // The page is opened by us, once it is ready.
    BROWSER: 'none',
    NODE_ENV: 'development',
    APP_CONFIG_app_baseUrl: app,
    APP_CONFIG_backend_baseUrl: `http://localhost:${backendPort}`,
    APP_CONFIG_backend_listen_port: String(backendPort),
    APP_CONFIG_backend_cors_origin: app,
    ...(data && {
      APP_CONFIG_backend_database_connection_directory: join(data, 'sqlite'),
      APP_CONFIG_pipelineDemo_local_workDir: join(data, 'runs'),
    }),
  };
}

/** @returns a promise that rejects when the program ends */
async function startProgram(programs, options) {
  const { name, folder, command, env, logs, onLine } = options;
  const log = join(logs, `${name}.log`);
  const tail = [];
  const code = await programs.start(command, {
    cwd: folder,
    env,
    log,
    onLine: line => {
      tail.push(line);
      tail.splice(0, tail.length - TAIL_LINES);
      onLine(name, line);
    },
  });
  throw new Error(
    `${tail.join(
      '\n',
    )}\nThe ${name} ended (exit ${code}); all of its output is in ${log}.`,
  );
}

function showProblems(name, line) {
  if (isProblem(line)) {
    console.error(`[${name}] ${line.slice(0, PROBLEM_CHARACTERS)}`);
  }
}
