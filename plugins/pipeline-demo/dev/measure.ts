/**
 * What the page's own code costs, measured in a browser without the page:
 * loaded by `npm run bench -- page`.
 */
import { LineFilter } from '../src/log/LineFilter';
import { LogBuffer } from '../src/state/LogBuffer';
import { manyLines } from './scriptedLines';

const THOUSAND = 1_000;
/** Takes about as long as appending a thousand lines. */
const SUM_LENGTH = 40_000;

/**
 * Appends lines a thousand at a time, each time with the narrowing to one task
 * kept up to date.
 *
 * @returns milliseconds for each thousand
 */
function appendLines(count: number): number[] {
  const lines = manyLines(count, THOUSAND);
  const buffer = new LogBuffer();
  const filter = new LineFilter();
  const selected = new Set(['GENERATE:1']);
  const costs: number[] = [];
  for (let first = 1; first <= count; first += THOUSAND) {
    const batch = Array.from({ length: THOUSAND }, (_, index) =>
      lines.at(first + index),
    );
    const began = performance.now();
    buffer.append(first, batch);
    filter.update(buffer, selected);
    costs.push(performance.now() - began);
  }
  buffer.close();
  return costs;
}

/**
 * The same clock around a sum that takes as long: what the machine adds.
 *
 * @returns milliseconds for each turn
 */
function addNumbers(turns: number): number[] {
  const costs: number[] = [];
  let sum = 0;
  for (let turn = 0; turn < turns; turn += 1) {
    const began = performance.now();
    for (let number = 0; number < SUM_LENGTH; number += 1) {
      sum = (sum * 31 + number) % THOUSAND;
    }
    costs.push(performance.now() - began);
  }
  return sum < 0 ? [] : costs;
}

Object.assign(window, { appendLines, addNumbers });
