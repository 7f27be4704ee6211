import { useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import type { RefObject } from 'react';
import { flushSync } from 'react-dom';
import type { FollowInput, FollowMode } from '../state/followMode';
import { listenForMoves } from './moveIntent';
import type { MoveIntent } from './moveIntent';
import type { Rows } from './rows';

/** Pixels from the end within which one is at the end. */
const END_DISTANCE_PX = 32;

/** A line that must not move in the view, and how far below the top edge it stands. */
interface Anchor {
  readonly line: number;
  readonly below: number;
}

/** What the scrolling works with. Places are in pixels from the top of all rows. */
export interface LogScrollOptions {
  readonly scroller: RefObject<HTMLDivElement>;
  readonly rows: Rows;
  readonly mode: FollowMode;
  readonly lastLine: number;
  /** A line to bring to the middle of the view, once it is here. */
  readonly target?: number;
  onCentred(): void;
  onInput(input: FollowInput): void;
  /** The first line in view, whenever the view has moved. */
  onFirstLine(line: number): void;
  topOf(index: number): number;
  indexAt(top: number): number;
}

/**
 * Puts the view where the follow mode wants it, after each render: to the end,
 * or exactly where it was by line, whatever has come above. Tells what the
 * reader did; what it scrolls itself is recognised, and told to nobody.
 */
export function useLogScroll(options: LogScrollOptions): void {
  const { scroller, rows, mode, target } = options;
  const latest = useRef(options);
  latest.current = options;
  /** Where the program has scrolled to; NaN when the reader has moved since. */
  const ownTop = useRef(Number.NaN);
  const lastTop = useRef(0);
  const anchor = useRef<Anchor>();

  const tellFirst = useCallback(() => {
    const element = scroller.current;
    const first = element && firstIn(element, latest.current);
    if (first) {
      latest.current.onFirstLine(first.line);
    }
  }, [scroller]);

  const remember = useCallback(() => {
    const element = scroller.current;
    if (element) {
      anchor.current = anchorIn(element, latest.current);
      tellFirst();
    }
  }, [scroller, tellFirst]);

  const scrollTo = useCallback(
    (top: number) => {
      const element = scroller.current;
      if (element && Math.abs(element.scrollTop - top) >= 1) {
        element.scrollTop = top;
        ownTop.current = element.scrollTop;
        lastTop.current = element.scrollTop;
      }
    },
    [scroller],
  );

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) {
      return;
    }
    const { lastLine, topOf, indexAt, onCentred } = latest.current;
    if (target !== undefined && target <= lastLine && rows.length > 0) {
      const index = rows.indexOfLine(target);
      const middle = (topOf(index) + topOf(index + 1)) / 2;
      // The view begins with a whole row.
      scrollTo(topOf(indexAt(middle - element.clientHeight / 2)));
      remember();
      onCentred();
    } else if (hasMoved(element, lastTop.current)) {
      // The reader's scroll is on its way to us: what we do now would undo it.
      remember();
    } else if (mode.type === 'following') {
      scrollTo(element.scrollHeight - element.clientHeight);
      remember();
    } else if (anchor.current) {
      const { line, below } = anchor.current;
      scrollTo(Math.max(0, topOf(rows.indexOfLine(line)) - below));
    }
    tellSeen(element, latest.current);
  });

  // What was opened or linked stays where it is, wherever else the view is.
  const pinned = mode.type === 'pinned' ? mode.line : undefined;
  useLayoutEffect(() => {
    if (pinned !== undefined) {
      remember();
    }
  }, [pinned, remember]);

  useSelectionPause(latest);

  useEffect(() => {
    const element = scroller.current;
    if (!element) {
      return undefined;
    }
    const onScroll = () => {
      const { onInput, lastLine } = latest.current;
      const top = element.scrollTop;
      const up = top < lastTop.current;
      lastTop.current = top;
      if (Math.abs(top - ownTop.current) < 1) {
        // Lines that were narrowed away are the anchor until the reader moves.
        tellFirst();
        return;
      }
      ownTop.current = Number.NaN;
      remember();
      const atEnd = distanceFromEnd(element) <= END_DISTANCE_PX;
      if (up && !atEnd) {
        atOnce(() => onInput({ type: 'movedAway', lastLine }));
      } else if (!up && atEnd) {
        atOnce(() => onInput({ type: 'reachedEnd' }));
      }
      tellSeen(element, latest.current);
    };
    // Before the virtualizer's listener, which renders at once.
    const listening = { passive: true, capture: true };
    element.addEventListener('scroll', onScroll, listening);
    return () => element.removeEventListener('scroll', onScroll, listening);
  }, [scroller, remember, tellFirst]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) {
      return undefined;
    }
    return listenForMoves(element, intent =>
      tellIntent(element, intent, latest.current),
    );
  }, [scroller]);
}

function tellSeen(element: HTMLElement, options: LogScrollOptions): void {
  const { mode, onInput } = options;
  const bottom = lineAbove(element.scrollTop + element.clientHeight, options);
  if (mode.type !== 'following' && bottom !== undefined && bottom > mode.seen) {
    onInput({ type: 'saw', line: bottom });
  }
}

function tellIntent(
  element: HTMLElement,
  intent: MoveIntent,
  { onInput, lastLine }: LogScrollOptions,
): void {
  const canScroll = element.scrollHeight > element.clientHeight;
  if (intent === 'end') {
    atOnce(() => onInput({ type: 'follow' }));
  } else if (intent === 'up' && canScroll) {
    atOnce(() => onInput({ type: 'movedAway', lastLine }));
  } else if (intent === 'down' && distanceFromEnd(element) <= END_DISTANCE_PX) {
    atOnce(() => onInput({ type: 'reachedEnd' }));
  }
}

/**
 * React would take a move for less urgent than new lines, and those would be
 * drawn in the old mode first: the view would jump under the reader's hand.
 */
function atOnce(tell: () => void): void {
  flushSync(tell);
}

/** Who selects text wants it to stay. */
function useSelectionPause(latest: RefObject<LogScrollOptions>): void {
  useEffect(() => {
    const onSelection = () => {
      const options = latest.current;
      const selection = document.getSelection();
      if (
        options &&
        selection &&
        !selection.isCollapsed &&
        options.scroller.current?.contains(selection.anchorNode)
      ) {
        options.onInput({ type: 'selectedText', lastLine: options.lastLine });
      }
    };
    document.addEventListener('selectionchange', onSelection);
    return () => document.removeEventListener('selectionchange', onSelection);
  }, [latest]);
}

/** The browser has scrolled, and its event is yet to come. */
function hasMoved(element: HTMLElement, lastTop: number): boolean {
  return (
    Math.abs(element.scrollTop - lastTop) >= 1 && distanceFromEnd(element) >= 1
  );
}

function distanceFromEnd(element: HTMLElement): number {
  return element.scrollHeight - element.scrollTop - element.clientHeight;
}

/** What was pinned, if it is in view; else the first line. */
function anchorIn(
  element: HTMLElement,
  options: LogScrollOptions,
): Anchor | undefined {
  const { mode, rows, topOf } = options;
  if (mode.type === 'pinned' && rows.length > 0) {
    const index = rows.indexOfLine(mode.line);
    const row = rows.at(index);
    const below = topOf(index) - element.scrollTop;
    const isThere = row.type === 'line' && row.line === mode.line;
    if (isThere && below >= 0 && below < element.clientHeight) {
      return { line: mode.line, below };
    }
  }
  return firstIn(element, options);
}

/** The first line at or below the top edge. */
function firstIn(
  element: HTMLElement,
  options: LogScrollOptions,
): Anchor | undefined {
  const { rows, indexAt, topOf } = options;
  const top = element.scrollTop;
  for (let index = indexAt(top); index < rows.length; index += 1) {
    const row = rows.at(index);
    if (row.type === 'line') {
      return { line: row.line, below: topOf(index) - top };
    }
  }
  return undefined;
}

/** The last line that begins above this place. */
function lineAbove(top: number, options: LogScrollOptions): number | undefined {
  const { rows, indexAt } = options;
  for (
    let index = Math.min(rows.length - 1, indexAt(top - 1));
    index >= 0;
    index -= 1
  ) {
    const row = rows.at(index);
    if (row.type === 'line') {
      return row.line;
    }
  }
  return undefined;
}
