import {
  type ProcessName,
  type TaskId,
} from 'backstage-plugin-pipeline-demo-common';
import type { Box } from './topologyLayout';
import type { Span, TimelinePart, TimelineRow } from './timelineRows';

/** A row of the timeline in pixels. */
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

/** The whole timeline in pixels. */
export interface TimelineLayout {
  readonly rows: readonly PlacedRow[];
  readonly ticks: readonly { readonly seconds: number; readonly x: number }[];
  /** The right end of the names. */
  readonly labels: number;
  /** Where the axis begins, from above. */
  readonly bottom: number;
  readonly fontSize: 10 | 12;
  x(seconds: number): number;
}

const AXIS_HEIGHT = 22;
const GROUP_GAP = 8;
const LABEL_WIDTH = { wide: 104, narrow: 92 } as const;
const NARROW_WIDTH = 420;
/** Room for the difference behind the last bar. */
const RIGHT_MARGIN = 36;
const LEAST_BAR_WIDTH = 1.5;
/** Rows lower than this have small print. */
const SMALL_ROW_HEIGHT = 16;
/** The axis ends at a multiple of this. */
const AXIS_STEP_SECONDS = 5;

/**
 * The second step of the timeline: where everything stands.
 *
 * @param seconds - how much time the axis has to show at least
 */
export function layoutTimeline(
  rows: readonly TimelineRow[],
  size: { readonly width: number; readonly height: number },
  seconds: number,
): TimelineLayout {
  const labels =
    size.width < NARROW_WIDTH ? LABEL_WIDTH.narrow : LABEL_WIDTH.wide;
  const bottom = size.height - AXIS_HEIGHT;
  const rowHeight = Math.min(
    28,
    Math.floor(((bottom - 2 * GROUP_GAP) / rows.length) * 2) / 2,
  );
  const barHeight = Math.min(12, Math.max(4, Math.round(rowHeight * 0.62)));
  const last =
    Math.ceil((seconds * 1.04) / AXIS_STEP_SECONDS) * AXIS_STEP_SECONDS;
  const x = (at: number) =>
    labels + ((size.width - labels - RIGHT_MARGIN) * at) / last;

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
    ticks: ticksTo(last).map(at => ({ seconds: at, x: x(at) })),
    labels,
    bottom: Math.min(bottom, y),
    fontSize: rowHeight < SMALL_ROW_HEIGHT ? 10 : 12,
    x,
  };
}

/** The id of the row at a height; undefined between the groups. */
export function rowAt(layout: TimelineLayout, y: number): TaskId | undefined {
  return layout.rows.find(row => y >= row.y && y < row.y + row.height)?.row.task
    .id;
}

function ticksTo(last: number): number[] {
  const step = stepFor(last);
  return Array.from(
    { length: Math.floor(last / step) + 1 },
    (_, index) => index * step,
  );
}

function stepFor(last: number): number {
  const fitting = [2, 5, 10, 20, 30, 60, 120, 300, 600].find(
    step => last / step <= 9,
  );
  return fitting ?? 1800;
}
