import type { LogBuffer } from '../state/LogBuffer';
import { plainText } from './ansi';
import type { Rows } from './rows';

/** A place in the log's text. */
export interface LinePlace {
  readonly line: number;
  /** How many characters of the line are before it. */
  readonly column: number;
}

/** Where a selection begins and where it ends, whichever way it was made. */
export interface SelectedSpan {
  readonly from: LinePlace;
  readonly to: LinePlace;
}

/** Where in the log a place of the document is; undefined: in no line that is mounted. */
export function placeIn(
  log: Element,
  node: Node | null,
  offset: number,
): LinePlace | undefined {
  const element = node instanceof Element ? node : node?.parentElement;
  const row = element?.closest<HTMLElement>('[data-line]');
  const text = row?.lastElementChild;
  if (!node || !row || !text || !log.contains(row)) {
    return undefined;
  }
  const range = document.createRange();
  range.selectNodeContents(text);
  const line = Number(row.dataset.line);
  const side = range.comparePoint(node, offset);
  if (side < 0) {
    return { line, column: 0 };
  }
  if (side === 0) {
    range.setEnd(node, offset);
  }
  return { line, column: range.toString().length };
}

/** The two in the order of the log. */
export function spanOf(one: LinePlace, other: LinePlace): SelectedSpan {
  const isBefore =
    one.line < other.line ||
    (one.line === other.line && one.column <= other.column);
  return isBefore ? { from: one, to: other } : { from: other, to: one };
}

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

/** What a browser would copy, if all these lines were mounted. */
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
