import type { LogLine } from 'backstage-plugin-pipeline-demo-common';
import type { LogBuffer } from './LogBuffer';

/** Where times of lines are known, and where to get others. */
export interface LineTimes {
  readonly lastLine: number;
  /** Epoch milliseconds; undefined while the line is not known. */
  timeOf(line: number): number | undefined;
  /** Makes the time of a line known. */
  read(line: number): Promise<void>;
}

/**
 * The first line that was written at a time or after it. Lines are in the order
 * in which they were numbered, and so by time but for small inversions.
 *
 * @param at - epoch milliseconds
 * @returns the last line when all were written before; 0 when there is none
 * @throws Error when a line cannot be read
 */
export async function firstLineFrom(
  lines: LineTimes,
  at: number,
): Promise<number> {
  let low = 1;
  let high = lines.lastLine;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((await timeOf(lines, middle)) < at) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return high;
}

/** The lines that are here, and those that are not: these are read one by one. */
export function lineTimesOf(
  buffer: LogBuffer,
  readLine: (line: number) => Promise<readonly LogLine[]>,
): LineTimes {
  const { generation } = buffer;
  return {
    lastLine: buffer.lastLine,
    timeOf: line => buffer.timeOf(line),
    async read(line) {
      const lines = await readLine(line);
      // Of another run, they would be in the wrong places.
      if (generation === buffer.generation) {
        buffer.fill(lines);
      }
    },
  };
}

async function timeOf(lines: LineTimes, line: number): Promise<number> {
  if (lines.timeOf(line) === undefined) {
    await lines.read(line);
  }
  const at = lines.timeOf(line);
  if (at === undefined) {
    throw new Error(`Line ${line} could not be read`);
  }
  return at;
}
