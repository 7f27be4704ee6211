import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the runs of tests have counted, one file a run, for `.ci/run`. */
export const RESULTS = join('node_modules', '.cache', 'pipeline-demo', 'tests');

/** A file in that folder, which exists afterwards. */
export function resultFile(name) {
  mkdirSync(RESULTS, { recursive: true });
  return join(RESULTS, name);
}

/** Adds up the runs whose reports these files of the folder are. */
export function countResults(files, folder = RESULTS) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const file of files) {
    const found = READERS[file.split('.').pop()](
      readFileSync(join(folder, file), 'utf8'),
    );
    counts.passed += found.passed;
    counts.failed += found.failed;
    counts.skipped += found.skipped;
  }
  return counts;
}

/** "12 passed, 0 failed", and the skipped ones when there are any. */
export function countLine({ passed, failed, skipped }) {
  const rest = skipped > 0 ? `, ${skipped} skipped` : '';
  return `${passed} passed, ${failed} failed${rest}`;
}

const READERS = {
  jest: readJest,
  playwright: readPlaywright,
  tap: readTap,
};

/** A test file that could not even be loaded is one failure. */
function readJest(text) {
  const report = JSON.parse(text);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function readPlaywright(text) {
  const { stats, errors } = JSON.parse(text);
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}

/** The totals that node:test writes at the end. */
function readTap(text) {
  const total = name =>
    Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  return {
    passed: total('pass'),
    failed: total('fail') + total('cancelled'),
    skipped: total('skipped') + total('todo'),
  };
}
