import { readFileSync } from 'node:fs';
import { npmCommand } from './npmCommand.mjs';

/**
 * A command that finds `yarn` on its PATH, in the version that package.json
 * names: npm brings it.
 */
export function withYarn(...command) {
  const manifest = new URL('../../package.json', import.meta.url);
  const { packageManager } = JSON.parse(readFileSync(manifest, 'utf8'));
  const yarnPackage = packageManager.replace(/^yarn@/, '@yarnpkg/cli-dist@');
  return [
    ...npmCommand(),
    'exec',
    '--yes',
    `--package=${yarnPackage}`,
    '--',
    ...command,
  ];
}
