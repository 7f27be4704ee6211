// The commands of package.json, on a machine that has only Node and npm:
// finds a Node that Backstage supports, installs what yarn.lock says, and
// runs scripts/commands/<command>.mjs with that Node.
//
// This file and what it imports use Node's own modules alone, since nothing is
// installed yet, and run on Node 18 and newer.
import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandFile } from './commandFile.mjs';
import { findNode } from './install/findNode.mjs';
import { install } from './install/install.mjs';
import { busyPort } from './portal/ports.mjs';
import { endWithParent } from './portal/endWithParent.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);

const [, , command, ...args] = process.argv;

/** Says what is wrong in one sentence, without a stack, and ends. */
function fail(message) {
  console.error(message);
  process.exit(1);
}

const file = commandFile(command);
if (!file) {
  fail(`There is no command "${command}": see the scripts in package.json.`);
}
if (process.platform === 'win32') {
  fail('On Windows, run this inside WSL (https://aka.ms/wsl), where Linux is.');
}
if (command === 'start') {
  const port = await busyPort([3000, 7007]);
  if (port !== undefined) {
    fail(
      `Port ${port} is in use: stop the program that has it (maybe another portal), then run npm start again.`,
    );
  }
}

try {
  const node = findNode();
  const env = {
    ...process.env,
    PATH: [
      join(root, 'node_modules', '.bin'),
      dirname(node),
      process.env.PATH,
    ].join(delimiter),
  };
  await install({ env, verbose: args.includes('--verbose') });
  process.exit(await runCommand(node, env));
} catch (error) {
  fail(error.message);
}

/** Runs the command to its end; signals, and the end of npm, reach it too. */
function runCommand(node, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [file, ...args], {
      stdio: 'inherit',
      env,
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => child.kill(signal));
    }
    endWithParent(() => child.kill('SIGTERM'));
    child.on('error', reject);
    child.on('exit', code => resolve(code ?? 1));
  });
}
