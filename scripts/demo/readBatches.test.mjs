import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readBatches } from './readBatches.mjs';

for (const [args, expected] of [
  [[], 5],
  [['--batches', '3'], 3],
  [['--batches=12'], 12],
]) {
  test(`"${args.join(' ')}" asks for ${expected}`, () => {
    assert.equal(readBatches(args), expected);
  });
}

for (const [args, sentence] of [
  [['--batches'], '--batches needs a whole number from 1 to 12, not nothing.'],
  [['--batches', '0'], '--batches needs a whole number from 1 to 12, not "0".'],
  [['--batches=13'], '--batches needs a whole number from 1 to 12, not "13".'],
  [
    ['--batches', '2.5'],
    '--batches needs a whole number from 1 to 12, not "2.5".',
  ],
  [['--batches', 'x'], '--batches needs a whole number from 1 to 12, not "x".'],
  [
    ['--batches', '3', '4'],
    'Only --batches is understood here, not "--batches 3 4": npm run demo -- --batches 3',
  ],
  [
    ['--batch', '3'],
    'Only --batches is understood here, not "--batch 3": npm run demo -- --batches 3',
  ],
]) {
  test(`"${args.join(' ')}" gets one sentence`, () => {
    assert.throws(() => readBatches(args), { message: sentence });
  });
}
