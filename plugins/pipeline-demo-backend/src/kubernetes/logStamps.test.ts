import fc from 'fast-check';
import {
  StampedLines,
  formatStamp,
  isAfter,
  parseStamp,
  stampMs,
} from './logStamps';

const TIME = '2026-11-24T13:10:14.846079296Z';

function split(text: string, partBytes = Infinity) {
  const bytes = Buffer.from(text);
  const size = Math.min(partBytes, bytes.length || 1);
  const lines = new StampedLines();
  const complete = [];
  for (let from = 0; from < bytes.length; from += size) {
    complete.push(...lines.push(bytes.subarray(from, from + size)));
  }
  return [...complete, ...lines.flush()];
}

describe('parseStamp', () => {
  it('keeps nanoseconds, and tells milliseconds', () => {
    const stamp = parseStamp(TIME)!;
    expect(stamp.nanos).toBe(846_079_296);
    expect(stampMs(stamp)).toBe(Date.parse('2026-11-24T13:10:14.846Z'));
    expect(formatStamp(stamp)).toBe(TIME);
  });

  it.each([
    ['2026-11-24T13:10:14Z', '2026-11-24T13:10:14.000000000Z'],
    ['2026-11-24T13:10:14.5Z', '2026-11-24T13:10:14.500000000Z'],
    ['2026-11-24T14:10:14.25+01:00', '2026-11-24T13:10:14.250000000Z'],
  ])('understands %s', (text, same) => {
    expect(formatStamp(parseStamp(text)!)).toBe(same);
  });

  it.each(['', 'unable', '2026-11-24', '2026-13-41T13:10:14Z', `${TIME}x`])(
    'does not understand "%s"',
    text => {
      expect(parseStamp(text)).toBeUndefined();
    },
  );

  it('orders by nanoseconds', () => {
    const [a, b] = ['14.000000001', '14.000000002'].map(
      second => parseStamp(`2026-11-24T13:10:${second}Z`)!,
    );
    expect([isAfter(a, b), isAfter(b, a), isAfter(a, a)]).toEqual([
      false,
      true,
      false,
    ]);
  });
});

describe('StampedLines', () => {
  it('takes the time off each line', () => {
    const stamp = parseStamp(TIME);
    expect(split(`${TIME} one\n${TIME} \n${TIME} two words\n`)).toEqual([
      { stamp, text: 'one' },
      { stamp, text: '' },
      { stamp, text: 'two words' },
    ]);
  });

  it('keeps lines that are no lines of the log apart', () => {
    expect(split(`unable to retrieve container logs\n\n${TIME}\n`)).toEqual([
      { stamp: undefined, text: 'unable to retrieve container logs' },
      { stamp: undefined, text: '' },
      { stamp: parseStamp(TIME), text: '' },
    ]);
    expect(split('x'.repeat(100))).toEqual([
      { stamp: undefined, text: 'x'.repeat(100) },
    ]);
  });

  it('cuts a long line where it would be cut without a time', () => {
    const [{ text, cut }] = split(`${TIME} ${'x'.repeat(20_000)}\n`);
    expect(text).toHaveLength(16 * 1024);
    expect(cut).toBe(20_000 - 16 * 1024);
  });

  it('gives the same lines wherever the bytes are split', () => {
    const line = fc.oneof(
      fc.string().map(text => `${TIME} ${text}`),
      fc.string(),
      fc.constant(TIME),
    );
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 8 }),
        fc.integer({ min: 1, max: 50 }),
        (all, partBytes) => {
          const text = all.join('\n');
          expect(split(text, partBytes)).toEqual(split(text));
        },
      ),
    );
  });
});
