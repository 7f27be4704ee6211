import {
  ended,
  event,
  lines,
  presence,
  snapshot,
} from './__testUtils__/messages';
import { START, verify } from './verify';
import type { Position } from './verify';

const AT: Position = {
  run: 'r1',
  event: 4,
  line: 10,
  announced: 12,
  complete: false,
};

describe('verify', () => {
  it.each([
    ['a known event', event(4), 'dropped', AT],
    ['the next event', event(5), 'passed', { ...AT, event: 5 }],
    ['an event too far', event(6), 'hole', AT],
    ['known lines', lines(9, ['a', 'b']), 'dropped', AT],
    ['the next lines', lines(11, ['a']), 'passed', { ...AT, line: 11 }],
    [
      'lines that are known in part',
      lines(10, ['a', 'b', 'c', 'd']),
      'passed',
      { ...AT, line: 13, announced: 13 },
    ],
    ['lines too far', lines(12, ['a', 'b']), 'hole', { ...AT, announced: 13 }],
    ['no lines at all', lines(11, []), 'dropped', AT],
    ['lines of another run', lines(11, ['a'], 'r0'), 'dropped', AT],
    [
      'the end, with all of it here',
      ended(10),
      'passed',
      { ...AT, complete: true },
    ],
    ['the end, with lines missing', ended(12), 'hole', AT],
    ['presence', presence, 'passed', AT],
    ['another run', { type: 'switched', run: 'r2' }, 'passed', START],
    [
      'a newer snapshot',
      snapshot({ run: { event: 9 }, firstLine: 11, lastLine: 20 }),
      'passed',
      { ...AT, event: 9, announced: 20 },
    ],
    [
      'an older snapshot',
      snapshot({ run: { event: 2 }, firstLine: 1, lastLine: 8 }),
      'passed',
      AT,
    ],
    [
      'a snapshot of another run',
      snapshot({ run: { id: 'r2', event: 1 }, firstLine: 5, lastLine: 6 }),
      'passed',
      { run: 'r2', event: 1, line: 4, announced: 6, complete: false },
    ],
  ] as const)('%s', (_, message, fate, position) => {
    const verified = verify(AT, message);
    expect(verified.position).toEqual(position);
    expect(verified.hole).toBe(fate === 'hole');
    expect(verified.message !== undefined).toBe(fate === 'passed');
  });

  it('asks again after a snapshot behind which lines are missing', () => {
    const verified = verify(AT, snapshot({ firstLine: 15, lastLine: 20 }));
    expect(verified.hole).toBe(true);
    expect(verified.message).toBeDefined();
    expect(verified.position.line).toBe(10);
  });

  it('passes on the new rest of lines that are known in part', () => {
    const verified = verify(AT, lines(10, ['old', 'new']));
    expect(verified.message).toMatchObject({
      first: 11,
      lines: [{ text: 'new' }],
    });
  });
});
