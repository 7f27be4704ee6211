import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { readNpmSettings } from './npmSettings.mjs';
import { runQuietly } from './runQuietly.mjs';
import { withYarn } from './withYarn.mjs';
import { yarnSettings } from './yarnSettings.mjs';

/** Holds the fingerprint of what was installed last. */
const STAMP = join('node_modules', '.cache', 'pipeline-demo', 'installed');

/**
 * What Yarn reads in place of .yarnrc.yml: that file and npm's settings. It
 * lives only while Yarn runs, as it may hold a registry's token, and Yarn,
 * which edits its own settings now and then, edits this copy.
 */
const YARN_SETTINGS = '.yarnrc.install.yml';

/** Installs what yarn.lock says, unless that is what is installed. */
export async function install({ env, verbose }) {
  const wanted = fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) {
    return;
  }
  rmSync(STAMP, { force: true });
  writeFileSync(YARN_SETTINGS, settings(env), { mode: 0o600 });
  try {
    await runQuietly({
      title: 'Installing what yarn.lock says (a minute or two)',
      command: withYarn('yarn', 'install', '--immutable'),
      env: { ...env, YARN_RC_FILENAME: YARN_SETTINGS },
      log: join('data', 'logs', 'install.log'),
      verbose,
    });
  } finally {
    rmSync(YARN_SETTINGS, { force: true });
  }
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, wanted);
}

/** Settings as YAML, of which JSON is a part. */
function settings(env) {
  const fromNpm = Object.entries(yarnSettings(readNpmSettings(env), env)).map(
    ([name, value]) => `${name}: ${JSON.stringify(value)}\n`,
  );
  return [readFileSync('.yarnrc.yml', 'utf8'), ...fromNpm].join('\n');
}

function fingerprint() {
  const hash = createHash('sha256');
  hash.update(`${process.platform}-${process.arch}`);
  const manifests = ['packages', 'plugins'].flatMap(folder =>
    readdirSync(folder).map(name => join(folder, name, 'package.json')),
  );
  for (const file of [
    'yarn.lock',
    '.yarnrc.yml',
    'package.json',
    ...manifests,
  ].filter(existsSync)) {
    hash.update(file).update(readFileSync(file));
  }
  return hash.digest('hex');
}
