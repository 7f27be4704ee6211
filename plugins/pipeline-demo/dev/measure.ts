/**
 * What the page's own code costs, measured in a browser without the page:
 * loaded by `npm run bench -- page`.
 */
import { LineFilter } from '../src/log/LineFilter';
import { LogBuffer } from '../src/state/LogBuffer';
import { manyLines } from './scriptedLines';

const THOUSAND = 1_000;

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

Object.assign(window, { appendLines });
