import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { npmCommand } from './npmCommand.mjs';

/**
 * npm's settings as npm itself sees them, and the keys of its files that it
 * does not show: those of a registry, `//host/:_authToken` and the like.
 *
 * @throws Error when npm does not answer
 */
export function readNpmSettings(env) {
  const [npm, ...npmArgs] = npmCommand();
  const { status, stdout } = spawnSync(
    npm,
    [...npmArgs, 'config', 'list', '--json'],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], env },
  );
  if (status !== 0) {
    throw new Error('npm could not say how it is configured: see above.');
  }
  const settings = JSON.parse(stdout);
  const files = [settings.globalconfig, settings.userconfig, '.npmrc'];
  const fromFiles = files
    .filter(file => typeof file === 'string' && existsSync(file))
    .map(file => parseNpmrc(readFileSync(file, 'utf8'), env));
  return Object.assign({}, ...fromFiles, settings);
}

/** The keys of an .npmrc that begin with `//`, with `${NAME}` filled in. */
export function parseNpmrc(text, env) {
  const entries = text
    .split('\n')
    .map(line => /^\s*(\/\/[^=\s]+)\s*=\s*(.*?)\s*$/.exec(line))
    .filter(match => match !== null)
    .map(([, key, value]) => [
      key,
      value
        .replace(/^"(.*)"$/, '$1')
        .replace(/\$\{([^}]+)\}/g, (whole, name) => env[name] ?? whole),
    ]);
  return Object.fromEntries(entries);
}
