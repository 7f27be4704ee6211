import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { freePort } from '../portal/ports.mjs';

/** The versions that Backstage's test databases know. */
const VERSIONS = [18, 17, 16, 15, 14];

/**
 * Starts a PostgreSQL server on a free port, in a folder of its own. It runs
 * as an ordinary user, since PostgreSQL refuses root.
 *
 * @returns its `version`, `port` and `url`, the folder of its programs, `bin`,
 *   and `stop()`, which removes it
 * @throws Error with what to install when its programs are not there
 */
export async function startPostgres() {
  const { bin, version } = findPrograms();
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'pipeline-demo-postgres-'));
  const user = process.getuid() === 0 ? ordinaryUser() : undefined;
  if (user) {
    chownSync(folder, user.uid, user.gid);
  }
  const data = join(folder, 'data');
  const call = (program, ...args) =>
    callProgram([join(bin, program), ...args], folder, user);
  call(
    'initdb',
    '--no-sync',
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--username=postgres',
    data,
  );
  call(
    'pg_ctl',
    'start',
    '--wait',
    `--pgdata=${data}`,
    `--log=${join(folder, 'log')}`,
    `--options=-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200`,
  );
  return {
    version,
    bin,
    port,
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    stop() {
      call('pg_ctl', 'stop', `--pgdata=${data}`, '--mode=immediate');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Debian keeps them off the PATH, Homebrew and others on it. */
function findPrograms() {
  const folders = [
    ...globSync('/usr/lib/postgresql/*/bin'),
    ...process.env.PATH.split(delimiter),
  ];
  const found = folders
    .filter(bin => existsSync(join(bin, 'initdb')))
    .map(bin => ({ bin, version: versionOf(bin) }))
    .filter(({ version }) => VERSIONS.includes(version))
    .sort((a, b) => b.version - a.version);
  if (found.length === 0) {
    throw new Error(
      `PostgreSQL ${VERSIONS.at(-1)} to ${
        VERSIONS[0]
      } is needed: apt-get install postgresql (Debian), brew install postgresql@17 (macOS).`,
    );
  }
  return found[0];
}

function versionOf(bin) {
  const { stdout } = spawnSync(join(bin, 'initdb'), ['--version'], {
    encoding: 'utf8',
  });
  return Number(/\d+/.exec(stdout)?.[0]);
}

/** The user that Debian's package makes, else nobody. */
function ordinaryUser() {
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map(option =>
      Number(spawnSync('id', [option, name], { encoding: 'utf8' }).stdout),
    );
    if (uid > 0) {
      return { uid, gid };
    }
  }
  throw new Error('PostgreSQL needs an ordinary user, and there is none.');
}

function callProgram([program, ...args], cwd, user) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    ...user,
  });
  if (status !== 0) {
    throw new Error(
      `${dirname(program)}: ${args[0]} failed\n${
        error ?? ''
      }${stdout}${stderr}`,
    );
  }
}
