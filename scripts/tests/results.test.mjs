import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { countLine, countResults } from './results.mjs';

function folderWith(t, files) {
  const folder = mkdtempSync(join(tmpdir(), 'results-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

const JEST = {
  numPassedTests: 40,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
};
const PLAYWRIGHT = {
  stats: { expected: 5, unexpected: 0, flaky: 0, skipped: 0 },
  errors: [],
};

test('adds up what each runner reports', t => {
  const folder = folderWith(t, {
    'unit.jest': JSON.stringify(JEST),
    'browser.playwright': JSON.stringify(PLAYWRIGHT),
    'scripts.tap': 'TAP version 13\n# pass 7\n# fail 0\n# skipped 0\n',
  });
  assert.equal(
    countLine(countResults(readdirSync(folder), folder)),
    '52 passed, 0 failed',
  );
});

test('counts a file that could not be loaded, a flaky test and a cancelled one as failures', t => {
  const folder = folderWith(t, {
    'unit.jest': JSON.stringify({ ...JEST, numRuntimeErrorTestSuites: 1 }),
    'browser.playwright': JSON.stringify({
      ...PLAYWRIGHT,
      stats: { ...PLAYWRIGHT.stats, flaky: 1 },
    }),
    'scripts.tap': '# pass 7\n# fail 0\n# cancelled 1\n# skipped 2\n',
  });
  assert.equal(
    countLine(countResults(readdirSync(folder), folder)),
    '52 passed, 3 failed, 2 skipped',
  );
});
