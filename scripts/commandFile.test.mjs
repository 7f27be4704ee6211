import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { commandFile } from './commandFile.mjs';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
const commands = Object.entries(scripts).flatMap(([script, words]) => {
  const [, command] = /^node scripts\/run\.mjs (\S+)/.exec(words) ?? [];
  return command ? [[script, command]] : [];
});

test('package.json has commands', () => {
  assert.ok(commands.length > 10, `${commands.length} commands`);
});

for (const [script, command] of commands) {
  test(`npm run ${script} is a command`, () => {
    assert.match(commandFile(command) ?? '', /\.mjs$/);
  });
}

for (const name of [undefined, '', 'nothing', '../run', 'start.mjs']) {
  test(`"${name}" is no command`, () => {
    assert.equal(commandFile(name), undefined);
  });
}
