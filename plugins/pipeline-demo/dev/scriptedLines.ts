import type { TaskId, WireLine } from 'backstage-plugin-pipeline-demo-common';
import type { Lines } from './Recording';

const LINE_EVERY_MS = 650;
const CELLS = 10;
const ESC = String.fromCharCode(27);

/** What the driver says when it submits a task. */
export function driverLine(task: TaskId, at: number): WireLine {
  const [process, batch = '1'] = task.split(':');
  const hash = (task.length * 7_919 + Number(batch) * 104_729).toString(16);
  return {
    task: 'driver',
    at,
    text: `[${hash.slice(0, 2)}/${hash
      .padEnd(8, '3')
      .slice(2, 8)}] Submitted process > ${process} (${batch})`,
  };
}

/** What a task says from its start to its end, in the words of workflows/bin. */
export function taskLines(task: TaskId, from: number, to: number): WireLine[] {
  const [process, batch = ''] = task.split(':');
  const count = Math.max(2, Math.round((to - from) / LINE_EVERY_MS));
  return Array.from({ length: count }, (_, index) => ({
    task,
    at: from + ((to - from - 40) * index) / (count - 1),
    text: textOf(process, batch, index / (count - 1)),
  }));
}

function textOf(process: string, batch: string, share: number): string {
  const percent = Math.round(100 * share);
  if (process === 'REPORT') {
    return share === 1
      ? 'report: wrote report.json'
      : `report: merging the results of all batches, ${percent} %`;
  }
  if (share === 0) {
    return process === 'GENERATE'
      ? `batch ${batch}: generating 100 rows with seed 7`
      : `batch ${batch}: reading batch_${batch}.csv`;
  }
  const cells = Math.round(CELLS * share);
  const bar = '━'.repeat(cells) + '┄'.repeat(CELLS - cells);
  return `batch ${batch}: ${ESC}[34m${bar}${ESC}[0m ${percent} %  ${percent} of 100 rows, mean so far ${(
    420 +
    Number(batch) * 13 +
    share * 9
  ).toFixed(2)}`;
}

/** Everything that a terminal can do to a line, once each. */
export const RICH_LINES: readonly string[] = [
  `${ESC}[31mred${ESC}[0m ${ESC}[32mgreen${ESC}[0m ${ESC}[33myellow${ESC}[0m ${ESC}[34mblue${ESC}[0m ${ESC}[35mmagenta${ESC}[0m ${ESC}[36mcyan${ESC}[0m ${ESC}[90mgrey${ESC}[0m`,
  `${ESC}[1mbold${ESC}[0m ${ESC}[2mdim${ESC}[0m ${ESC}[3mitalic${ESC}[0m ${ESC}[4munderline${ESC}[0m ${ESC}[7mreverse${ESC}[0m ${ESC}[41mon red${ESC}[0m`,
  `analyzing  12 %\ranalyzing  48 %\ranalyzing  76 % ${ESC}[34m━━━━━━━━┄┄${ESC}[0m 90,050 of 118,035`,
  'see https://www.nextflow.io/docs/latest/process.html, and http://example.org/a?b=c.',
  `${ESC}[33mWARN${ESC}[0m row 43,770: value 1000 outside 0–999, clipped to 999`,
  `a long line: ${'0123456789 '.repeat(60)}`,
];

/** Many short lines: `perSecond` of them, made when they are asked for. */
export function manyLines(length: number, perSecond: number): Lines {
  return {
    length,
    at: line => ({
      task: `GENERATE:${(line % 5) + 1}`,
      at: (line * 1000) / perSecond,
      text:
        line % 100_000 === 4
          ? `row ${line}: a needle in the hay`
          : `row ${line}: value ${(line * 7_919) % 1000}, mean so far ${(
              (line * 31) %
              997
            ).toFixed(2)}`,
    }),
  };
}
