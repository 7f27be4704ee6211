import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readNpmSettings } from '../install/npmSettings.mjs';
import { withYarn } from '../install/withYarn.mjs';
import { yarnSettings } from '../install/yarnSettings.mjs';

/** What `npm run build` leaves for an image. */
const BUILT = join('packages', 'backend', 'dist');

/** Beside the skeleton, which holds the manifests of the packages, they say what to install. */
const VERSIONS = ['package.json', 'yarn.lock'];

/** Read by the portal when it starts, from where it starts. */
const CONFIGURATION = [
  'app-config.yaml',
  'app-config.production.yaml',
  'catalog-info.yaml',
  // Named in catalog-info.yaml.
  'plugins/pipeline-demo-backend/src/schema/openapi.yaml',
];

const YARN_SETTINGS = '.yarnrc.yml';

/**
 * Lays out all that the image of the portal holds, ready to run: the bundle
 * of the backend with the page, dependencies for production, configuration.
 *
 * @param folder does not exist yet, or is made anew
 * @throws Error when the portal is not built, or a step fails
 */
export function layOutImage(folder) {
  if (!existsSync(join(BUILT, 'bundle.tar.gz'))) {
    throw new Error('The portal is not built: npm run build.');
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  unpack('skeleton.tar.gz', folder);
  copyInto(folder, VERSIONS);
  installForProduction(folder);
  unpack('bundle.tar.gz', folder);
  copyInto(folder, CONFIGURATION);
  // The archives were made in a temporary folder that is its owner's alone.
  chmodSync(folder, 0o755);
}

function copyInto(folder, files) {
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    copyFileSync(file, join(folder, file));
  }
}

/** The settings may hold a registry's token, and do not stay. */
function installForProduction(folder) {
  const settings = yarnSettings(readNpmSettings(process.env), process.env);
  const lines = Object.entries(settings).map(
    ([name, value]) => `${name}: ${JSON.stringify(value)}\n`,
  );
  const file = join(folder, YARN_SETTINGS);
  writeFileSync(
    file,
    [readFileSync(YARN_SETTINGS, 'utf8'), ...lines].join(''),
    {
      mode: 0o600,
    },
  );
  try {
    call(
      withYarn('yarn', 'workspaces', 'focus', '--all', '--production'),
      folder,
    );
  } finally {
    rmSync(file);
    rmSync(join(folder, '.yarn'), { recursive: true, force: true });
  }
}

function unpack(archive, folder) {
  call(['tar', '-xzf', resolve(BUILT, archive)], folder);
}

function call([program, ...args], cwd) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: Infinity,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (status !== 0) {
    throw new Error(
      `${program} ${args.join(' ')}\n${error ?? ''}${stdout}${stderr}`,
    );
  }
}
