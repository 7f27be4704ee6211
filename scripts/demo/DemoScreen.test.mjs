import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { DemoScreen } from './DemoScreen.mjs';

function screenOn({ isTTY, env = {} }) {
  const written = [];
  const out = { isTTY, write: text => written.push(text) };
  return { screen: new DemoScreen(out, env), text: () => written.join('') };
}

function showTwoTasks(screen) {
  screen.task('GENERATE:1', 'planned');
  screen.task('ANALYZE:1', 'planned');
  screen.line({ task: 'GENERATE:1', text: 'one \x1b[31mred\x1b[0m row' });
  screen.task('GENERATE:1', 'succeeded');
}

test('without a terminal, lines and progress are plain', () => {
  const { screen, text } = screenOn({ isTTY: false });
  showTwoTasks(screen);
  screen.end();
  assert.match(text(), /^ +\d\.\d s {2}GENERATE:1 {3}one red row$/m);
  assert.match(text(), /^progress: 1 of 2 tasks, 50 %$/m);
  assert.equal(stripVTControlCharacters(text()), text());
  assert.ok(!text().includes('\r'));
});

test('in a terminal, tasks have colours, and progress stays below', () => {
  const { screen, text } = screenOn({ isTTY: true });
  showTwoTasks(screen);
  assert.ok(text().includes('\x1b[38;5;33mGENERATE:1 '));
  assert.match(text(), /█{12}░{12} 1 of 2 tasks, 50 %$/);
  screen.end();
  assert.ok(text().endsWith('\r\x1b[K'));
});

test('NO_COLOR takes the colours away', () => {
  const { screen, text } = screenOn({ isTTY: true, env: { NO_COLOR: '1' } });
  showTwoTasks(screen);
  assert.ok(!text().includes('\x1b[38'));
});

test('shows the report as a table', () => {
  const { screen, text } = screenOn({ isTTY: false });
  const numbers = { rows: 100, sum: 5000.123, mean: 50.00123, min: 1, max: 99 };
  screen.report({
    totals: numbers,
    batches: [{ ...numbers, batch: 1, stdDev: 28.4 }],
  });
  const table = text()
    .trimEnd()
    .split('\n')
    .map(row => row.trim().split(/ +/));
  assert.deepEqual(table, [
    ['batch', 'rows', 'sum', 'mean', 'min', 'max', 'stdDev'],
    ['1', '100', '5000.12', '50.00', '1', '99', '28.40'],
    ['all', '100', '5000.12', '50.00', '1', '99'],
  ]);
});
