import {
  after,
  aPreview,
  failing,
  launched,
  moved,
  runAfter,
} from '../__testUtils__/runs';
import { axisEnd, layoutTimeline, placeAt } from './timelineLayout';
import { timelineOf } from './timelineOf';
import { timelineRows } from './timelineRows';

const { spans } = aPreview(2);
const size = { width: 640, height: 280 };

const running = runAfter(2, [
  launched,
  moved('GENERATE:1', 'succeeded', { running: 1, ended: 8 }),
  moved('GENERATE:2', 'running', { running: 2 }),
  moved('ANALYZE:1', 'waiting'),
]);

const rowsAt = (seconds: number) =>
  timelineRows(running, spans, after(seconds));
const rowOf = (seconds: number, id: string) =>
  rowsAt(seconds).find(({ task }) => task.id === id);

describe('timelineRows', () => {
  it('has one row per task in plan order, whatever has happened', () => {
    expect(rowsAt(9).map(({ task }) => task.id)).toEqual([
      'GENERATE:1',
      'GENERATE:2',
      'ANALYZE:1',
      'ANALYZE:2',
      'REPORT',
    ]);
  });

  it('says when a task waited and ran, and how far off the forecast was', () => {
    const row = rowOf(9, 'GENERATE:1');
    expect(row?.parts).toEqual([
      { kind: 'waiting', phase: 'succeeded', from: 0.5, to: 1 },
      { kind: 'starting', phase: 'succeeded', from: 1, to: 1 },
      { kind: 'running', phase: 'succeeded', from: 1, to: 8 },
    ]);
    expect(row?.difference).toBeCloseTo(2);
    expect(row?.ghost).toBeUndefined();
  });

  it('lets what runs grow until now, and the forecast of its end be met', () => {
    expect(rowOf(4, 'GENERATE:2')?.parts.slice(-1)).toEqual([
      { kind: 'running', phase: 'running', from: 2, to: 4 },
    ]);
    expect(rowOf(4, 'GENERATE:2')?.ghost).toEqual({ from: 4, to: 7 });
    // It is late: nothing more is foretold.
    expect(rowOf(9, 'GENERATE:2')?.ghost).toBeUndefined();
  });

  it('moves the forecast of what has not begun out of the past', () => {
    const planned = spans.find(({ task }) => task === 'ANALYZE:1');
    const begun = timelineRows(runAfter(2, [launched]), spans, after(0));
    const first = begun.find(({ task }) => task.id === 'ANALYZE:1');
    expect(first?.ghost).toEqual({ from: planned?.from, to: planned?.to });
    expect(rowOf(20, 'ANALYZE:1')?.ghost).toEqual({ from: 20, to: 23 });
  });

  it('foretells nothing before what it needs has ended', () => {
    const late = runAfter(2, [
      launched,
      moved('GENERATE:1', 'running', { running: 30 }),
    ]);
    const rows = timelineRows(late, spans, after(31));
    const ghostOf = (id: string) =>
      rows.find(({ task }) => task.id === id)?.ghost;
    expect(ghostOf('GENERATE:1')).toEqual({ from: 31, to: 35 });
    expect(ghostOf('ANALYZE:1')).toEqual({ from: 35, to: 38 });
    expect(ghostOf('ANALYZE:2')).toEqual({ from: 36, to: 39 });
    expect(ghostOf('REPORT')?.from).toBe(39);
  });

  it('foretells nothing once it is known how the run ends', () => {
    const failed = runAfter(2, failing('GENERATE:1'));
    const rows = timelineRows(failed, spans, after(6));
    expect(rows.filter(row => row.ghost)).toEqual([]);
    expect(rows[0].parts.slice(-1)[0]).toMatchObject({
      kind: 'running',
      phase: 'failed',
      to: 4,
    });
  });
});

describe('layoutTimeline', () => {
  const layout = layoutTimeline(rowsAt(9), size, 20);

  it('names a process at its first row, and leaves a gap before the next', () => {
    expect(layout.rows.map(({ process }) => process)).toEqual([
      'GENERATE',
      undefined,
      'ANALYZE',
      undefined,
      'REPORT',
    ]);
    const [first, second, third] = layout.rows;
    expect(second.y).toBe(first.y + first.height);
    expect(third.y).toBeGreaterThan(second.y + second.height);
  });

  it('places bars by their times', () => {
    const [{ bars }] = layout.rows;
    const { box } = bars[bars.length - 1];
    expect(box.x).toBeCloseTo(layout.x(1));
    expect(box.x + box.width).toBeCloseTo(layout.x(8));
  });

  it.each([1, 5, 12, 60, 600, 7200])(
    'has a few ticks on an axis of %s s, and all within it',
    seconds => {
      const { ticks, x } = layoutTimeline(rowsAt(9), size, seconds);
      expect(ticks.length).toBeGreaterThan(2);
      expect(ticks.length).toBeLessThan(12);
      expect(x(seconds)).toBeLessThan(size.width - layout.labels);
      expect(ticks[ticks.length - 1].x).toBeLessThan(
        size.width - layout.labels,
      );
    },
  );

  it('fills the window when all is in view, and goes beyond it when zoomed', () => {
    const window = size.width - layout.labels;
    expect(layout.width).toBeCloseTo(window);
    const near = layoutTimeline(rowsAt(9), size, 20, 5);
    const perSecond = near.x(1) - near.x(0);
    expect(near.width).toBeGreaterThan(2 * window);
    // Five seconds are as long as all of them were.
    expect(5 * perSecond).toBeCloseTo(layout.x(axisEnd(20)) - layout.x(0));
    expect(near.x(0)).toBe(layout.x(0));
    const ticksInView = near.ticks.filter(tick => tick.x < window);
    expect(ticksInView.length).toBeGreaterThan(2);
    expect(ticksInView.length).toBeLessThan(12);
  });

  it('leaves the scale as it is when the axis grows while zoomed', () => {
    const early = layoutTimeline(rowsAt(9), size, 20, 5);
    const late = layoutTimeline(rowsAt(9), size, 40, 5);
    expect(late.x(17)).toBe(early.x(17));
    expect(late.width).toBeGreaterThan(early.width);
  });

  it('leaves room for a scrollbar only when there is one', () => {
    expect(layout.height).toBe(size.height);
    const near = layoutTimeline(rowsAt(9), size, 20, 5);
    expect(near.height).toBe(size.height - 12);
    expect(near.bottom).toBeLessThanOrEqual(near.height - 22);
  });

  it('has no heights below zero in a window that is still to grow', () => {
    const small = layoutTimeline(rowsAt(9), { width: 640, height: 8 }, 20);
    expect(Math.min(...small.rows.map(row => row.height))).toBe(0);
  });

  it('finds the task of a row', () => {
    const row = layout.rows[3];
    expect(placeAt(layout, { x: -40, y: row.y + 1 })).toEqual({
      task: 'ANALYZE:2',
    });
    const gap = layout.rows[2].y - 1;
    expect(placeAt(layout, { x: 40, y: gap })).toEqual({});
  });

  it('finds the time of a place on the axis, but none under the names', () => {
    const y = layout.bottom + 4;
    expect(placeAt(layout, { x: layout.x(7.5), y }).seconds).toBeCloseTo(7.5);
    expect(placeAt(layout, { x: 0, y })).toEqual({ seconds: 0 });
    expect(placeAt(layout, { x: -1, y })).toEqual({});
  });
});

describe('timelineOf', () => {
  const facts = { run: running, now: after(9) };

  it('has a line of now as long as the run goes on', () => {
    const queued = runAfter(2);
    expect(timelineOf({ run: queued, now: after(9) }).now).toBeUndefined();
    expect(timelineOf(facts)).toMatchObject({ now: 9, unseen: undefined });
    const failed = runAfter(2, failing('GENERATE:1'));
    expect(timelineOf({ run: failed, now: after(9) }).now).toBeUndefined();
  });

  it('shows what was not seen since the connection was lost', () => {
    const lost = timelineOf({ ...facts, unseenTo: after(21) });
    expect(lost).toMatchObject({ now: 9, unseen: { from: 9, to: 21 } });
    expect(timelineOf({ ...facts, unseenTo: after(9) }).unseen).toBeUndefined();
  });

  it('has seen all of a run that is over, connected or not', () => {
    const failed = runAfter(2, failing('GENERATE:1'));
    const content = { run: failed, now: after(5), unseenTo: after(60) };
    expect(timelineOf(content).unseen).toBeUndefined();
  });

  it('makes room for what was not seen, but does not squeeze the rest', () => {
    const { seconds } = timelineOf(facts);
    const lost = (to: number) =>
      timelineOf({ ...facts, unseenTo: after(to) }).seconds;
    expect(lost(seconds + 5)).toBe(seconds + 5);
    expect(lost(3_600)).toBe(2 * seconds);
  });
});
