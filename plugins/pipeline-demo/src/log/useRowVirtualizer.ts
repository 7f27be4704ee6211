import { useVirtualizer } from '@tanstack/react-virtual';
import type { Range, VirtualItem } from '@tanstack/react-virtual';
import { useCallback, useLayoutEffect, useRef } from 'react';
import type { RefObject } from 'react';
import type { RowKey, Rows } from './rows';

/** The height of a row that is not wrapped. */
export const ROW_PX = 20;
/** Rows mounted above and below the view. */
const OVERSCAN_ROWS = 8;
/** At the end nobody scrolls, and new rows come at each frame. */
const FOLLOW_OVERSCAN_ROWS = 2;
/** Of the rows there are, one part in so many is held ready for new ones. */
const SPARE_SHARE = 16;
const LEAST_SPARE_ROWS = 256;

/** Which rows to mount, and where they are. */
export interface RowVirtualizer {
  readonly items: readonly VirtualItem[];
  /** Pixels of all rows. */
  readonly height: number;
  topOf(index: number): number;
  indexAt(top: number): number;
  /** For wrapped rows: measures a mounted one. */
  readonly measure?: (element: HTMLElement | null) => void;
}

/**
 * The library lays out all rows anew whenever their number changes. So it is
 * told a number in steps that grow with the log, and appending stays cheap at
 * a million lines; the spare rows at the end are never mounted.
 *
 * @param follow - mount the rows at the end, wherever the view still is
 */
export function useRowVirtualizer(options: {
  readonly scroller: RefObject<HTMLElement>;
  readonly rows: Rows;
  readonly wrap: boolean;
  readonly follow: boolean;
}): RowVirtualizer {
  const { scroller, rows, wrap, follow } = options;
  const count = rows.length;
  const rowKey = useRowKey(rows);
  const rangeExtractor = useCallback(
    (range: Range) => mountedRows(range, count, follow),
    [count, follow],
  );
  const virtualizer = useVirtualizer({
    count: withSpare(count),
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    // Without wrapping no height is kept, and so none has to be found again.
    getItemKey: wrap ? rowKey : indexKey,
    overscan: OVERSCAN_ROWS,
    rangeExtractor,
  });
  // Who scrolls is useLogScroll alone: it anchors by line.
  virtualizer.shouldAdjustScrollPositionOnItemSizeChange = () => false;
  // Heights that were measured are void when lines are wrapped no more.
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, wrap]);
  if (!wrap) {
    return {
      items: virtualizer.getVirtualItems(),
      height: count * ROW_PX,
      topOf: index => index * ROW_PX,
      indexAt: top => Math.max(0, Math.floor(top / ROW_PX)),
    };
  }
  const topOf = (index: number) =>
    virtualizer.measurementsCache[index]?.start ?? index * ROW_PX;
  return {
    items: virtualizer.getVirtualItems(),
    height: topOf(count),
    topOf,
    indexAt: top => virtualizer.getVirtualItemForOffset(top)?.index ?? 0,
    measure: virtualizer.measureElement,
  };
}

/**
 * What a row's height is kept by. With another function all rows are laid out
 * anew, so it is the same one until rows that were there have other places.
 */
function useRowKey(rows: Rows): (index: number) => RowKey {
  const latest = useRef(rows);
  latest.current = rows;
  const [lines, system] = rows.arrangement;
  return useCallback(
    (index: number) =>
      index < latest.current.length
        ? latest.current.keyAt(index)
        : `spare ${index}`,
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the arrangement stands for the rows
    [lines, system],
  );
}

function indexKey(index: number): number {
  return index;
}

function withSpare(count: number): number {
  const magnitude = 2 ** Math.floor(Math.log2(Math.max(1, count)));
  const step = Math.max(LEAST_SPARE_ROWS, magnitude / SPARE_SHARE);
  return (Math.floor(count / step) + 1) * step;
}

function mountedRows(range: Range, count: number, follow: boolean): number[] {
  const visible = range.endIndex - range.startIndex + 1;
  const end = follow
    ? count
    : Math.min(count, range.endIndex + 1 + range.overscan);
  const start = follow
    ? count - visible - FOLLOW_OVERSCAN_ROWS
    : range.startIndex - range.overscan;
  const first = Math.max(0, start);
  return Array.from(
    { length: Math.max(0, end - first) },
    (_, index) => first + index,
  );
}
