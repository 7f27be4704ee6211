import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseNpmrc, readNpmSettings } from './npmSettings.mjs';

test('finds the keys of registries, and fills in variables', () => {
  const text = [
    '; comment',
    'registry=https://npm.corp.example/',
    '//npm.corp.example/:_authToken = ${TOKEN}',
    '//other.example/:_auth="YTpi=="',
    '//third.example/:_authToken=${MISSING}',
  ].join('\n');
  assert.deepEqual(parseNpmrc(text, { TOKEN: 'abc' }), {
    '//npm.corp.example/:_authToken': 'abc',
    '//other.example/:_auth': 'YTpi==',
    '//third.example/:_authToken': '${MISSING}',
  });
});

test('asks npm itself, and adds what npm does not show', t => {
  const folder = mkdtempSync(join(tmpdir(), 'npmrc-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const userconfig = join(folder, 'npmrc');
  writeFileSync(
    userconfig,
    [
      'registry=https://npm.corp.example/',
      '@corp:registry=https://private.corp.example/',
      'strict-ssl=false',
      '//private.corp.example/:_authToken=abc',
    ].join('\n'),
  );
  const inherited = Object.entries(process.env).filter(
    ([name]) => !name.toLowerCase().startsWith('npm_config_'),
  );
  const settings = readNpmSettings({
    ...Object.fromEntries(inherited),
    npm_config_userconfig: userconfig,
  });
  assert.equal(settings.registry, 'https://npm.corp.example/');
  assert.equal(settings['@corp:registry'], 'https://private.corp.example/');
  assert.equal(settings['strict-ssl'], false);
  assert.equal(settings['//private.corp.example/:_authToken'], 'abc');
});
