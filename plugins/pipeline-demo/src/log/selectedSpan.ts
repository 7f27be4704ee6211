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

/** Where a selection began, which the browser forgets when the row goes. */
export interface SelectionStart extends LinePlace {
  /** Its row has gone since, and what the browser says of it is wrong. */
  readonly isLost: boolean;
}

/**
 * Where the selection began.
 *
 * @param before - what was known of it, unless another one has begun since
 * @returns undefined when it is in no line of the log
 */
export function startOf(
  log: Element,
  selection: Selection | null,
  before: SelectionStart | undefined,
): SelectionStart | undefined {
  if (!selection || !log.contains(selection.anchorNode)) {
    return undefined;
  }
  if (before && (before.isLost || !rowOf(log, before.line))) {
    return { ...before, isLost: true };
  }
  const { anchorNode, anchorOffset } = selection;
  const place = placeIn(log, anchorNode, anchorOffset);
  return place && { ...place, isLost: false };
}

/** What is selected, if it began where the browser does not know it any more. */
export function lostSpan(
  log: Element,
  selection: Selection | null,
  start: SelectionStart | undefined,
): SelectedSpan | undefined {
  if (!selection || selection.isCollapsed || !start?.isLost) {
    return undefined;
  }
  const { focusNode, focusOffset } = selection;
  const end = placeIn(log, focusNode, focusOffset);
  return end && spanOf(start, end);
}

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

function rowOf(log: Element, line: number): Element | null {
  return log.querySelector(`[data-line="${line}"]`);
}

/** Where in the log a place of the document is; undefined: in no line that is mounted. */
function placeIn(
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
function spanOf(one: LinePlace, other: LinePlace): SelectedSpan {
  const isBefore =
    one.line < other.line ||
    (one.line === other.line && one.column <= other.column);
  return isBefore ? { from: one, to: other } : { from: other, to: one };
}
