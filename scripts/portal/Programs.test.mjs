import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { Programs } from './Programs.mjs';

/** Starts a child of its own, says its pid, and waits for ever. */
const PARENT = `
  const { spawn } = require('node:child_process');
  process.on('SIGTERM', () => process.exit(0));
  const child = spawn('sleep', ['600']);
  console.log(child.pid);
  setInterval(() => {}, 1000);
`;

/** On Linux a process that only waits to be collected counts as gone. */
function isAlive(pid) {
  try {
    return process.platform === 'linux'
      ? !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
      : process.kill(pid, 0);
  } catch {
    // No such process.
    return false;
  }
}

async function until(condition) {
  while (!condition()) {
    await setImmediate();
  }
}

function temporaryFolder(t) {
  const folder = mkdtempSync(join(tmpdir(), 'programs-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('ends a program with all that it started', async t => {
  const programs = new Programs();
  const log = join(temporaryFolder(t), 'parent.log');
  let exited;
  const grandchild = await new Promise(resolve => {
    exited = programs.start([process.execPath, '-e', PARENT], {
      env: process.env,
      log,
      onLine: line => resolve(Number(line)),
    });
  });
  assert.equal(isAlive(grandchild), true);
  await programs.stop();
  assert.equal(await exited, 0);
  await until(() => !isAlive(grandchild));
});

test('tells the exit code and keeps the output', async t => {
  const programs = new Programs();
  const log = join(temporaryFolder(t), 'short.log');
  const lines = [];
  const code = await programs.start(
    [process.execPath, '-e', 'console.log("one"); process.exit(3)'],
    { env: process.env, log, onLine: line => lines.push(line) },
  );
  assert.equal(code, 3);
  assert.deepEqual(lines, ['one']);
});
