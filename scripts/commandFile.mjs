import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const COMMANDS = join(dirname(fileURLToPath(import.meta.url)), 'commands');
const NAME = /^[a-z0-9-]+$/;

/** @returns the file of a command of package.json; undefined when there is no such command */
export function commandFile(name = '') {
  const file = join(COMMANDS, `${name}.mjs`);
  return NAME.test(name) && existsSync(file) ? file : undefined;
}
