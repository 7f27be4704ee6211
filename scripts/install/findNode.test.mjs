import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSupported } from './findNode.mjs';

for (const [version, expected] of [
  ['18.20.0', false],
  ['20.19.5', false],
  ['22.18.0', false],
  ['22.19.0', true],
  ['23.1.0', false],
  ['24.0.0', true],
  ['24.22.0', true],
  ['25.0.0', false],
  ['26.3.0', false],
]) {
  test(`Node ${version} ${expected ? 'fits' : 'does not fit'}`, () => {
    assert.equal(isSupported(version), expected);
  });
}
