import type { ProcessName } from 'backstage-plugin-pipeline-demo-common';

/** A rectangle in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where everything of the topology stands, in pixels. */
export interface TopologyLayout {
  readonly width: number;
  readonly height: number;
  /** Lanes are so low that labels would not fit: the icon and the time remain. */
  readonly compact: boolean;
  /** Whether a node is wide enough for its name. */
  readonly named: boolean;
  readonly heads: Readonly<
    Record<ProcessName, { readonly x: number; readonly width: number }>
  >;
  readonly lanes: readonly {
    readonly batch: number;
    readonly generate: Box;
    readonly analyze: Box;
    /** SVG paths of the lane's two edges. */
    readonly toAnalyze: string;
    readonly toReport: string;
  }[];
  readonly report: Box;
}

const HEAD_HEIGHT = 24;
/** Below this lane height names are left out. */
const COMPACT_LANE_HEIGHT = 28;
const NODE_HEIGHT = { min: 24, max: 32, compact: 18 } as const;
const REPORT_HEIGHT = 72;
const NARROW_WIDTH = 500;
const PHONE_WIDTH = 400;
/** An icon, "GENERATE:12" and "0:14" side by side. */
const NAMED_NODE_WIDTH = 132;

interface Columns {
  readonly lane: number;
  readonly report: number;
  readonly gap: number;
  readonly fan: number;
}

/**
 * Lays the lanes, their two columns and REPORT out in a box.
 *
 * @param width - pixels
 * @param height - pixels, with the heads of the columns
 */
export function layoutTopology(
  width: number,
  height: number,
  batchCount: number,
): TopologyLayout {
  const columns = columnsFor(width);
  const laneHeight = (height - HEAD_HEIGHT) / batchCount;
  const compact = laneHeight < COMPACT_LANE_HEIGHT;
  const nodeHeight = compact
    ? Math.max(8, Math.min(NODE_HEIGHT.compact, Math.floor(laneHeight - 4)))
    : clamp(
        Math.floor((laneHeight - 8) / 2) * 2,
        NODE_HEIGHT.min,
        NODE_HEIGHT.max,
      );
  const nodeWidth = Math.max(
    24,
    Math.floor(
      (width - columns.lane - columns.report - columns.gap - columns.fan) / 2,
    ),
  );
  const analyzeX = columns.lane + nodeWidth + columns.gap;
  const reportX = analyzeX + nodeWidth + columns.fan;
  const middle = HEAD_HEIGHT + (height - HEAD_HEIGHT) / 2;
  const lanes = Array.from({ length: batchCount }, (_, index) => {
    const y = HEAD_HEIGHT + laneHeight * (index + 0.5);
    const box = (x: number): Box => ({
      x,
      y: Math.round(y - nodeHeight / 2),
      width: nodeWidth,
      height: nodeHeight,
    });
    return {
      batch: index + 1,
      generate: box(columns.lane),
      analyze: box(analyzeX),
      toAnalyze: `M${columns.lane + nodeWidth} ${y}H${analyzeX}`,
      toReport: curve(analyzeX + nodeWidth, y, reportX, middle),
    };
  });
  return {
    width,
    height,
    compact,
    named: !compact && nodeWidth >= NAMED_NODE_WIDTH,
    heads: {
      GENERATE: { x: columns.lane, width: nodeWidth },
      ANALYZE: { x: analyzeX, width: nodeWidth },
      REPORT: { x: reportX, width: columns.report },
    },
    lanes,
    report: {
      x: reportX,
      y: Math.round(middle - REPORT_HEIGHT / 2),
      width: columns.report,
      height: REPORT_HEIGHT,
    },
  };
}

function columnsFor(width: number): Columns {
  if (width < PHONE_WIDTH) {
    return { lane: 18, report: 72, gap: 12, fan: 28 };
  }
  if (width < NARROW_WIDTH) {
    return { lane: 20, report: 84, gap: 16, fan: 40 };
  }
  return {
    lane: 24,
    report: Math.round(Math.min(120, width * 0.2)),
    gap: Math.round(Math.min(40, width * 0.07)),
    fan: Math.round(Math.min(80, width * 0.13)),
  };
}

function curve(x: number, y: number, toX: number, toY: number): string {
  const bend = (toX - x) * 0.55;
  return `M${x} ${y}C${x + bend} ${y} ${toX - bend} ${toY} ${toX} ${toY}`;
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
