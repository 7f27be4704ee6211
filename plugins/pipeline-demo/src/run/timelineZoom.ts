/** Seconds in view; undefined: all there are. */
export type Zoom = number | undefined;

export type ZoomStep = 'in' | 'out' | 'fit';

/** Closer than this nothing more is to be seen. */
const LEAST_SECONDS = 2;

/**
 * One step nearer or further, by the factor of two.
 *
 * @param whole - how many seconds there are
 */
export function zoomed(zoom: Zoom, step: ZoomStep, whole: number): Zoom {
  switch (step) {
    case 'in':
      return canZoomIn(zoom, whole) ? (zoom ?? whole) / 2 : zoom;
    case 'out':
      return zoom === undefined ? undefined : within(2 * zoom, whole);
    case 'fit':
      return undefined;
    default: {
      const impossible: never = step;
      throw new Error(`No such step: ${impossible}`);
    }
  }
}

export function canZoomIn(zoom: Zoom, whole: number): boolean {
  return (zoom ?? whole) / 2 >= LEAST_SECONDS;
}

/** As much as there is needs no zoom. */
export function within(zoom: Zoom, whole: number): Zoom {
  return zoom !== undefined && zoom < whole ? zoom : undefined;
}

/** A drawing wider than its window, in pixels from its left end. */
export interface Scrolled {
  /** Where a time stands in the drawing. */
  x(seconds: number): number;
  readonly left: number;
  /** Of the window. */
  readonly width: number;
}

/**
 * Where the window has to be after a zoom, so that one moment stays in its
 * place: the wanted one if it was in view, else the middle of what was.
 *
 * @param x - where a time stands now
 */
export function scrollAfterZoom(
  before: Scrolled,
  x: (seconds: number) => number,
  wanted: number | undefined,
): number {
  const place = wanted === undefined ? -1 : before.x(wanted) - before.left;
  if (wanted !== undefined && place >= 0 && place <= before.width) {
    return Math.max(0, x(wanted) - place);
  }
  const middle = secondsAt(before.x, before.left + before.width / 2);
  return Math.max(0, x(middle) - before.width / 2);
}

/** The time at a place: `x` is a straight line. */
export function secondsAt(x: (seconds: number) => number, at: number): number {
  return (at - x(0)) / (x(1) - x(0));
}
