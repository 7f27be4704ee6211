import type { LogBuffer } from '../state/LogBuffer';
import { plainText } from './ansi';
import { timeText } from './format';
import type { Rows } from './rows';
import type { SelectedSpan } from './selectedSpan';

/** Numbers of the lines of a span that are shown. */
export function linesOfSpan(rows: Rows, { from, to }: SelectedSpan): number[] {
  const numbers: number[] = [];
  const last = rows.indexOfLine(to.line);
  for (let index = rows.indexOfLine(from.line); index <= last; index += 1) {
    const row = rows.at(index);
    if (row.type === 'line' && from.line <= row.line && row.line <= to.line) {
      numbers.push(row.line);
    }
  }
  return numbers;
}

/** What a browser would copy of a span, if all these lines were mounted. */
export function textOfSpan(
  buffer: LogBuffer,
  numbers: readonly number[],
  { from, to }: SelectedSpan,
): string {
  return numbers
    .map(number => {
      const text = plainText(buffer.text(number) ?? '');
      const end = number === to.line ? to.column : undefined;
      return text.slice(number === from.line ? from.column : 0, end);
    })
    .join('\n');
}

/** Lines with what a browser does not copy by itself: number, time and task. */
export function linesWithTimes(
  buffer: LogBuffer,
  numbers: readonly number[],
): string {
  return numbers
    .flatMap(number => buffer.line(number) ?? [])
    .map(({ line, at, task, text }) =>
      [line, timeText(at), task, plainText(text)].join(' '),
    )
    .join('\n');
}
