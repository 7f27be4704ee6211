import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { npmCommand } from '../install/npmCommand.mjs';

/** A package that was packed, as npm names it. */
export function archive(name) {
  return `file:${resolve('dist-packages', `${name}.tgz`)}`;
}

/** Makes a folder with what npm installs there. @returns its path */
export function newProject(folder, name, manifest) {
  const cwd = join(folder, name);
  mkdirSync(cwd);
  writeFileSync(
    join(cwd, 'package.json'),
    JSON.stringify({ name, private: true, ...manifest }),
  );
  const [program, ...args] = npmCommand();
  const { status, stdout, stderr } = spawnSync(
    program,
    [...args, 'install', '--ignore-scripts', '--no-audit', '--no-fund'],
    { cwd, encoding: 'utf8' },
  );
  assert.equal(status, 0, `${stdout}${stderr}`);
  return cwd;
}

/** Removes a folder while we go on: what npm has installed takes a minute. */
export function removeMeanwhile(folder) {
  spawn('rm', ['-rf', folder], { detached: true, stdio: 'ignore' }).unref();
}

/** Which versions of them a package of this repository asks for. */
export function versionsOf(manifest, names) {
  const { dependencies, devDependencies } = readJson(manifest);
  const all = { ...devDependencies, ...dependencies };
  return Object.fromEntries(names.map(name => [name, all[name]]));
}

export function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
