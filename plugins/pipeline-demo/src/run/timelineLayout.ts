import {
  type ProcessName,
  type TaskId,
} from 'backstage-plugin-pipeline-demo-common';
import type { Box } from './topologyLayout';
import type { Span, TimelinePart, TimelineRow } from './timelineRows';
import { secondsAt } from './timelineZoom';
import type { Zoom } from './timelineZoom';

/** A row of the timeline in pixels; what has a time, from the plot's left end. */
export interface PlacedRow {
  readonly row: TimelineRow;
  readonly y: number;
  readonly height: number;
  /** Set in the first row of each process. */
  readonly process?: ProcessName;
  readonly bars: readonly { readonly part: TimelinePart; readonly box: Box }[];
  readonly ghost?: Box;
  /** Where the difference to the forecast is printed. */
  readonly end: number;
}

/** The whole timeline in pixels: names, and the plot beside them, which may be wider than its window. */
export interface TimelineLayout {
  readonly rows: readonly PlacedRow[];
  readonly ticks: readonly { readonly seconds: number; readonly x: number }[];
  /** The right end of the names, where the window of the plot begins. */
  readonly labels: number;
  /** Of the plot. */
  readonly width: number;
  /** Of the plot, without what its scrollbar needs. */
  readonly height: number;
  /** Where the axis begins, from above. */
  readonly bottom: number;
  readonly fontSize: 10 | 12;
  /** Where a time stands in the plot: a straight line. */
  x(seconds: number): number;
}

const AXIS_HEIGHT = 22;
const SCROLLBAR_HEIGHT = 12;
const GROUP_GAP = 8;
const LABEL_WIDTH = { wide: 92, narrow: 80 } as const;
const NARROW_WIDTH = 420;
/** Room for half of the label of now. */
const LEFT_MARGIN = 20;
/** Room for the difference behind the last bar. */
const RIGHT_MARGIN = 36;
const LEAST_BAR_WIDTH = 1.5;
/** Rows lower than this have small print. */
const SMALL_ROW_HEIGHT = 16;
/** The axis ends at a multiple of this. */
const AXIS_STEP_SECONDS = 5;

/** Where the axis ends that has to show so much time at least, in seconds. */
export function axisEnd(seconds: number): number {
  const steps = Math.ceil((seconds * 1.04) / AXIS_STEP_SECONDS);
  return Math.max(1, steps) * AXIS_STEP_SECONDS;
}

/**
 * The second step of the timeline: where everything stands.
 *
 * @param size - of names and window together
 * @param seconds - how much time the axis has to show at least
 * @param zoom - how much of it at once
 */
export function layoutTimeline(
  rows: readonly TimelineRow[],
  size: { readonly width: number; readonly height: number },
  seconds: number,
  zoom?: Zoom,
): TimelineLayout {
  const labels =
    size.width < NARROW_WIDTH ? LABEL_WIDTH.narrow : LABEL_WIDTH.wide;
  const height = size.height - (zoom === undefined ? 0 : SCROLLBAR_HEIGHT);
  const bottom = height - AXIS_HEIGHT;
  const rowHeight = Math.min(
    28,
    // Before the window has its height there may be none at all.
    Math.max(0, Math.floor(((bottom - 2 * GROUP_GAP) / rows.length) * 2) / 2),
  );
  const barHeight = Math.min(12, Math.max(4, Math.round(rowHeight * 0.62)));
  const last = axisEnd(seconds);
  const inView = zoom ?? last;
  const perSecond = (size.width - labels - LEFT_MARGIN - RIGHT_MARGIN) / inView;
  const x = (at: number) => LEFT_MARGIN + perSecond * at;

  let y = 0;
  let before: ProcessName | undefined;
  const placed = rows.map(row => {
    const { process } = row.task;
    if (before !== undefined && before !== process) {
      y += GROUP_GAP;
    }
    const first = before !== process;
    before = process;
    const top = Math.round(y + (rowHeight - barHeight) / 2);
    const box = ({ from, to }: Span): Box => ({
      x: x(from),
      y: top,
      width: Math.max(LEAST_BAR_WIDTH, x(to) - x(from)),
      height: barHeight,
    });
    const end = Math.max(0, ...row.parts.map(part => part.to));
    const result: PlacedRow = {
      row,
      y,
      height: rowHeight,
      ...(first ? { process } : {}),
      bars: row.parts
        .filter(part => part.to > part.from)
        .map(part => ({ part, box: box(part) })),
      ...(row.ghost ? { ghost: box(row.ghost) } : {}),
      end: x(end),
    };
    y += rowHeight;
    return result;
  });
  return {
    rows: placed,
    ticks: ticksTo(last, inView).map(at => ({ seconds: at, x: x(at) })),
    labels,
    width: x(last) + RIGHT_MARGIN,
    height,
    bottom: Math.min(bottom, y),
    fontSize: rowHeight < SMALL_ROW_HEIGHT ? 10 : 12,
    x,
  };
}

/**
 * What is at a place: a row, or a time on the axis; neither between the groups.
 *
 * @param place - pixels from the plot's left end, and from above
 */
export function placeAt(
  layout: TimelineLayout,
  place: { readonly x: number; readonly y: number },
): { readonly task?: TaskId; readonly seconds?: number } {
  const { x, y } = place;
  if (y >= layout.bottom) {
    const seconds = secondsAt(layout.x, x);
    // Left of it there are names, and no times.
    return x >= 0 ? { seconds: Math.max(0, seconds) } : {};
  }
  const row = layout.rows.find(one => y >= one.y && y < one.y + one.height);
  return row ? { task: row.row.task.id } : {};
}

function ticksTo(last: number, inView: number): number[] {
  const step = stepFor(inView);
  return Array.from(
    { length: Math.floor(last / step) + 1 },
    (_, index) => index * step,
  );
}

/** A few ticks are in view at once. */
function stepFor(inView: number): number {
  const fitting = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600].find(
    step => inView / step <= 9,
  );
  return fitting ?? 1800;
}
