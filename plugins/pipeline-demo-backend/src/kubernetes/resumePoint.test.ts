import fc from 'fast-check';
import { parseStamp } from './logStamps';
import type { Stamp } from './logStamps';
import {
  afterLine,
  beginOf,
  drained,
  formatResumePoint,
  linesTaken,
  parseResumePoint,
  sinceTime,
} from './resumePoint';
import type { LogPosition } from './resumePoint';

function after(...times: readonly string[]): LogPosition {
  const stamps = times.map(time => parseStamp(`2026-11-24T13:10:${time}Z`)!);
  return stamps.reduce(afterLine, beginOf('REPORT'));
}

const stamp: fc.Arbitrary<Stamp> = fc.record({
  second: fc.integer({ min: 1_700_000_000, max: 1_700_000_009 }),
  nanos: fc.integer({ min: 0, max: 999_999_999 }),
});

describe('resume points', () => {
  it('begin with everything', () => {
    expect(sinceTime(beginOf('driver'))).toBeUndefined();
    expect(linesTaken(beginOf('driver'))).toBe(0);
    expect(formatResumePoint(beginOf('driver'))).toBe('driver - 0 0 open');
  });

  it('ask from the second before the newest one, and count since then', () => {
    const position = after('10.9', '11.1', '11.2', '12.0000001');
    expect(sinceTime(position)).toBe('2026-11-24T13:10:11Z');
    expect(linesTaken(position)).toBe(3);
    expect(formatResumePoint(position)).toBe(
      'REPORT 2026-11-24T13:10:12.000000100Z 2 1 open',
    );
  });

  it('count what was written late', () => {
    const position = after('10.5', '12.1', '11.9', '12.0', '10.6');
    expect(linesTaken(position)).toBe(3);
    expect(position.newest?.nanos).toBe(100_000_000);
  });

  it('forget a second that is long over', () => {
    expect(linesTaken(after('10.5', '10.6', '13.0'))).toBe(1);
  });

  it('say that the end was reached', () => {
    const text = formatResumePoint(drained(after('10.5')));
    expect(text).toMatch(/ drained$/);
    expect(parseResumePoint(text).state).toBe('drained');
  });

  it.each(['', '4711', 'driver 2026 0 0 open', 'driver - 0 0 closed'])(
    'are not "%s"',
    text => {
      expect(() => parseResumePoint(text)).toThrow('Not a resume point');
    },
  );

  it('are read as they were written', () => {
    fc.assert(
      fc.property(fc.array(stamp), stamps => {
        const position = stamps.reduce(afterLine, beginOf('ANALYZE:12'));
        expect(parseResumePoint(formatResumePoint(position))).toEqual(position);
      }),
    );
  });

  it('count exactly what the API server would send again', () => {
    fc.assert(
      fc.property(fc.array(stamp, { minLength: 1 }), stamps => {
        // No clerk is late by more than a second.
        const written = stamps.filter((one, index) =>
          stamps
            .slice(0, index)
            .every(({ second }) => second <= one.second + 1),
        );
        const position = written.reduce(afterLine, beginOf('ANALYZE:1'));
        const since = Date.parse(sinceTime(position)!) / 1000;
        const again = written.filter(({ second }) => second >= since);
        expect(linesTaken(position)).toBe(again.length);
      }),
    );
  });
});
