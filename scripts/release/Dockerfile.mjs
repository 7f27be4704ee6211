import { readFileSync } from 'node:fs';

/**
 * What the last stage of a Dockerfile says, as far as it can be followed
 * without Docker.
 *
 * @returns `user`, `workdir`, `env`, `ports` and `command`, and the commands
 *   of the stages before, `built`
 */
export function readDockerfile(file) {
  const lines = readFileSync(file, 'utf8')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => /^(\S+)\s+(.*)$/.exec(line).slice(1));
  const last = lines.findLastIndex(([word]) => word === 'FROM');
  const all = (word, from = last, to = lines.length) =>
    lines
      .slice(from, to)
      .filter(([found]) => found === word)
      .map(([, rest]) => rest);
  return {
    built: all('RUN', 0, last),
    copied: all('COPY'),
    user: all('USER').at(-1),
    workdir: all('WORKDIR').at(-1),
    env: Object.fromEntries(all('ENV').map(text => text.split('='))),
    ports: all('EXPOSE').flatMap(text => text.split(' ').map(Number)),
    command: JSON.parse(all('CMD').at(-1)),
  };
}
