import type { LogLine, WireLine } from 'backstage-plugin-pipeline-demo-common';
import { LogBuffer, MOST_HELD } from './LogBuffer';

const MILLION = 1_000_000;

function wire(text: string, task: string = 'GENERATE:1'): WireLine {
  return { task, at: 1_000, text };
}

function numbered(from: number, to: number): LogLine[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({
    line: from + index,
    ...wire(`line ${from + index}`),
  }));
}

describe('LogBuffer', () => {
  it('holds lines by number, with all that belongs to them', () => {
    const buffer = new LogBuffer();
    buffer.append(1, [wire('a'), { ...wire('b', 'driver'), at: 7, cut: 99 }]);
    expect(buffer.line(1)).toEqual({ line: 1, ...wire('a') });
    expect(buffer.line(2)).toEqual({
      line: 2,
      task: 'driver',
      at: 7,
      text: 'b',
      cut: 99,
    });
    expect(buffer.line(3)).toBeUndefined();
    expect(buffer.line(0)).toBeUndefined();
    expect(buffer.lastLine).toBe(2);
  });

  it('refuses lines that leave a hole or come again', () => {
    const buffer = new LogBuffer();
    buffer.append(1, [wire('a')]);
    expect(() => buffer.append(3, [wire('c')])).toThrow(RangeError);
    expect(() => buffer.append(1, [wire('a')])).toThrow(RangeError);
  });

  it('counts lines per task', () => {
    const buffer = new LogBuffer();
    buffer.append(1, [wire('a', 'driver'), wire('b'), wire('c', 'driver')]);
    expect([...buffer.counts()]).toEqual([
      ['driver', 2],
      ['GENERATE:1', 1],
    ]);
    expect(buffer.lastLineOf('driver')).toBe(3);
    expect(buffer.lastLineOf('REPORT')).toBeUndefined();
  });

  it('collects the lines of some tasks', () => {
    const buffer = new LogBuffer();
    buffer.append(
      1,
      ['A', 'B', 'C', 'A', 'B'].map(task => wire('x', task)),
    );
    const into: number[] = [];
    buffer.collect(new Set(['A', 'C']), { from: 2, to: 9 }, into);
    expect(into).toEqual([3, 4]);
  });

  it('knows what is not here, and takes it later', () => {
    const buffer = new LogBuffer();
    buffer.skipTo(5_000);
    buffer.append(5_001, [wire('new')]);
    expect(buffer.held).toBe(1);
    expect(buffer.missingIn({ from: 5_001, to: 5_001 })).toBeUndefined();
    expect(buffer.missingIn({ from: 4_990, to: 5_001 })).toEqual({
      from: 3_977,
      to: 5_000,
    });
    buffer.fill(numbered(3_977, 5_000));
    expect(buffer.text(4_000)).toBe('line 4000');
    expect(buffer.missingIn({ from: 3_990, to: 5_001 })).toBeUndefined();
    expect(buffer.missingIn({ from: 1, to: 3_976 })).toEqual({
      from: 2_953,
      to: 3_976,
    });
    const into: number[] = [];
    buffer.collect(new Set(['GENERATE:1']), { from: 1, to: 5_001 }, into);
    expect(into).toHaveLength(1_025);
  });

  it('keeps a line that comes a second time as it is', () => {
    const buffer = new LogBuffer();
    buffer.append(1, [wire('first')]);
    buffer.fill([{ line: 1, ...wire('second') }]);
    buffer.fill([{ line: 2, ...wire('not known yet') }]);
    expect(buffer.text(1)).toBe('first');
    expect(buffer.has(2)).toBe(false);
    expect(buffer.held).toBe(1);
  });

  it('forgets everything when another run begins', () => {
    const buffer = new LogBuffer();
    buffer.append(1, [wire('a')]);
    const { generation } = buffer;
    buffer.clear();
    expect(buffer.generation).toBe(generation + 1);
    expect(buffer.lastLine).toBe(0);
    expect(buffer.has(1)).toBe(false);
    expect([...buffer.counts()]).toEqual([]);
    buffer.append(1, [wire('b')]);
    expect(buffer.text(1)).toBe('b');
  });

  it('tells its listeners once per frame', () => {
    jest.useFakeTimers();
    const buffer = new LogBuffer();
    const listener = jest.fn();
    const unsubscribe = buffer.subscribe(listener);
    buffer.append(1, [wire('a')]);
    buffer.append(2, [wire('b')]);
    expect(listener).not.toHaveBeenCalled();
    jest.advanceTimersToNextFrame();
    expect(listener).toHaveBeenCalledTimes(1);
    expect(buffer.version).toBe(1);
    unsubscribe();
    buffer.append(3, [wire('c')]);
    jest.advanceTimersToNextFrame();
    expect(listener).toHaveBeenCalledTimes(1);
    jest.useRealTimers();
  });

  it('takes a million lines, lets go of the texts far from the reader, and takes them again', () => {
    const buffer = new LogBuffer();
    const thousand = Array.from({ length: 1_000 }, (_, index) =>
      wire(`x${index}`, index % 10 === 0 ? 'driver' : 'GENERATE:1'),
    );
    for (let first = 1; first <= MILLION; first += 1_000) {
      buffer.append(first, thousand);
    }
    expect(buffer.lastLine).toBe(MILLION);
    expect(buffer.held).toBeLessThanOrEqual(MOST_HELD);
    expect(buffer.text(MILLION)).toBe('x999');
    expect(buffer.text(MILLION - MOST_HELD + 2_000)).toBeDefined();
    expect(buffer.text(654_321)).toBeUndefined();
    buffer.readAt(654_321);
    buffer.fill([{ line: 654_321, ...wire('x320', 'driver') }]);
    expect(buffer.text(654_321)).toBe('x320');
    expect(buffer.counts().get('driver')).toBe(MILLION / 10);
    const into: number[] = [];
    buffer.collect(new Set(['driver']), { from: 1, to: MILLION }, into);
    expect(into).toHaveLength(MILLION / 10);
    expect(into[1]).toBe(11);
    buffer.close();
  });
});
