import type { LogBuffer } from '../state/LogBuffer';
import { plainText } from './ansi';
import { timeText } from './format';

/** Numbers of the lines in `log` that a selection touches; of those that are mounted. */
export function selectedLines(
  log: Element,
  selection: Selection | null,
): readonly number[] {
  if (!selection || selection.isCollapsed) {
    return [];
  }
  const ranges = Array.from({ length: selection.rangeCount }, (_, index) =>
    selection.getRangeAt(index),
  );
  return Array.from(log.querySelectorAll<HTMLElement>('[data-line]'))
    .filter(row => ranges.some(range => range.intersectsNode(row)))
    .map(row => Number(row.dataset.line));
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
