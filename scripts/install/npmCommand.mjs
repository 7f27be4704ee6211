import { basename } from 'node:path';

/** How to call npm: the very one that started us, else the one on the PATH. */
export function npmCommand() {
  const path = process.env.npm_execpath ?? '';
  return basename(path) === 'npm-cli.js' ? [process.execPath, path] : ['npm'];
}
