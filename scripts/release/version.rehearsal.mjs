// The release tool with this repository's configuration, on histories made
// up here: it writes, commits, tags and pushes as it does on GitHub, to a
// repository in a folder. Only the release on GitHub itself is left out.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { npmCommand } from '../install/npmCommand.mjs';

const MANIFESTS = globSync('{package.json,{packages,plugins}/*/package.json}');

/** What the tool believes to push to: links in the changelog are made of it. */
const REPOSITORY = 'https://github.com/example/pipeline-demo.git';

let tools;
let folder;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-'));
  tools = join(folder, 'tools');
  cpSync('release', tools, {
    recursive: true,
    filter: path => !path.includes('node_modules'),
  });
  call([...npmCommand(), 'ci', '--ignore-scripts', '--no-audit'], tools);
});
after(() => rmSync(folder, { recursive: true, force: true }));

describe('the release tool', () => {
  const releases = [
    { since: 'v1.4.2', commits: ['fix: a'], version: '1.4.3' },
    { since: 'v1.4.2', commits: ['fix: a', 'feat: b'], version: '1.5.0' },
    { since: 'v1.4.2', commits: ['feat!: c', 'fix: a'], version: '2.0.0' },
    {
      since: 'v1.4.2',
      commits: ['fix: a\n\nBREAKING CHANGE: it is gone'],
      version: '2.0.0',
    },
    { since: undefined, commits: ['feat: all of it'], version: '1.0.0' },
  ];
  for (const { since, commits, version } of releases) {
    test(`after ${since}, ${JSON.stringify(commits)} is ${version}`, () => {
      const { remote, output } = release(since, commits);
      assert.equal(output.trim(), `version=${version}`);
      assert.equal(git(remote, 'describe', '--tags', 'main'), `v${version}`);
      const subject = git(remote, 'log', '-1', '--format=%s', 'main');
      assert.equal(subject, `chore: release ${version}`);
      for (const manifest of MANIFESTS) {
        const text = git(remote, 'show', `main:${manifest}`);
        assert.equal(JSON.parse(text).version, version, manifest);
      }
      const changelog = git(remote, 'show', 'main:CHANGELOG.md');
      assert.match(changelog, /^# Changelog\n/);
      assert.match(changelog, new RegExp(`^##? \\[?${version}`, 'm'));
      for (const [, words] of commits.map(text => /: (.*)/.exec(text))) {
        assert.ok(changelog.includes(`* ${words}`), changelog);
      }
    });
  }

  test('leaves the manifests as they were, but for the version', () => {
    const { remote } = release('v1.4.2', ['fix: a']);
    for (const manifest of MANIFESTS) {
      const ours = JSON.parse(readFileSync(manifest, 'utf8'));
      const text = git(remote, 'show', `main:${manifest}`);
      assert.deepEqual(JSON.parse(text), { ...ours, version: '1.4.3' });
    }
  });

  test('releases nothing for work that users do not see', () => {
    const commits = ['docs: a', 'test: b', 'chore: c', 'ci: d'];
    const { remote, output } = release('v1.4.2', commits);
    assert.equal(output, '');
    assert.equal(git(remote, 'tag'), 'v1.4.2');
  });
});

/** Makes a history, lets the tool look at it, and returns where it pushed. */
function release(since, commits) {
  const work = mkdtempSync(join(folder, 'work-'));
  const remote = `${work}.git`;
  call(['git', 'init', '--quiet', '--bare', '-b', 'main', remote], folder);
  call(['git', 'init', '--quiet', '-b', 'main'], work);
  for (const manifest of MANIFESTS) {
    mkdirSync(join(work, dirname(manifest)), { recursive: true });
    cpSync(manifest, join(work, manifest));
  }
  writeFileSync(join(work, 'release.config.mjs'), configuration());
  commit(work, 'chore: begin');
  if (since) {
    git(work, 'tag', since);
  }
  commits.forEach(message => commit(work, message));
  git(work, 'remote', 'add', 'origin', REPOSITORY);
  git(work, 'config', `url.${remote}.insteadOf`, REPOSITORY);
  git(work, 'push', '--quiet', '--tags', 'origin', 'main');
  const output = `${work}.output`;
  call(
    [join(tools, 'node_modules', '.bin', 'semantic-release'), '--no-ci'],
    work,
    {
      GITHUB_OUTPUT: output,
    },
  );
  return {
    remote,
    output: existsSync(output) ? readFileSync(output, 'utf8') : '',
  };
}

/** Ours, without GitHub. */
function configuration() {
  return `
    import config from '${resolve('release.config.mjs')}';
    export default {
      ...config,
      plugins: config.plugins.filter(([name]) => name !== '@semantic-release/github'),
    };`;
}

function commit(cwd, message) {
  git(cwd, 'add', '--all');
  git(cwd, 'commit', '--quiet', '--allow-empty', '-m', message);
}

function git(cwd, ...args) {
  return call(['git', ...args], cwd).trim();
}

function call([program, ...args], cwd, more = {}) {
  const person = { NAME: 'rehearsal', EMAIL: 'rehearsal@example.com' };
  const people = ['AUTHOR', 'COMMITTER'].flatMap(role =>
    Object.entries(person).map(([key, value]) => [`GIT_${role}_${key}`, value]),
  );
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    env: {
      ...process.env,
      ...Object.fromEntries(people),
      GIT_CONFIG_GLOBAL: '/dev/null',
      ...more,
    },
  });
  assert.equal(
    status,
    0,
    `${program} ${args.join(' ')}: ${error ?? ''}${stdout}${stderr}`,
  );
  return stdout;
}
