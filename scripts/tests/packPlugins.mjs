import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { withYarn } from '../install/withYarn.mjs';

const PACKED = 'dist-packages';
/** Under node_modules, so that what the packages depend on is found. */
const UNPACKED = join(
  'node_modules',
  '.cache',
  'pipeline-demo',
  'packed',
  'node_modules',
);

/**
 * Packs every plugin with Yarn, which writes real versions in place of
 * "workspace:", and unpacks the archives side by side.
 *
 * @returns the folders of the unpacked packages
 */
export function packPlugins() {
  rmSync(PACKED, { recursive: true, force: true });
  rmSync(UNPACKED, { recursive: true, force: true });
  mkdirSync(PACKED, { recursive: true });
  return readdirSync('plugins').map(folder => {
    const { name } = readManifest(join('plugins', folder));
    const archive = resolve(PACKED, `${name}.tgz`);
    call(withYarn('yarn', 'pack', '--out', archive), join('plugins', folder));
    const unpacked = join(UNPACKED, name);
    mkdirSync(unpacked, { recursive: true });
    call(['tar', '-xzf', archive, '--strip-components=1', '-C', unpacked]);
    console.log(`packed  ${join(PACKED, `${name}.tgz`)}`);
    return unpacked;
  });
}

/** What is wrong with an unpacked package, in sentences. */
export function problemsOf(folder) {
  const manifest = readManifest(folder);
  const { name, main, types, files, dependencies } = manifest;
  const missing = [main, types, ...files]
    .filter(file => !existsSync(join(folder, file)))
    .map(file => `${name}: ${file} is missing in the archive`);
  const unresolved = Object.entries(dependencies)
    .filter(([, range]) => /^(workspace|link|file):/.test(range))
    .map(([dependency]) => `${name}: ${dependency} has no version`);
  return [...missing, ...unresolved, ...loadingProblem(folder, manifest)];
}

/** Pages are loaded by a bundler; what runs in Node must load there. */
function loadingProblem(folder, { name, main, backstage }) {
  if (backstage.role === 'frontend-plugin') {
    return [];
  }
  const { status, stderr } = spawnSync(
    process.execPath,
    ['-e', `require(${JSON.stringify(resolve(folder, main))})`],
    { encoding: 'utf8' },
  );
  return status === 0 ? [] : [`${name}: does not load: ${stderr}`];
}

function readManifest(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

function call([program, ...args], cwd) {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (status !== 0) {
    throw new Error(`${program} ${args.join(' ')}\n${stdout}${stderr}`);
  }
}
