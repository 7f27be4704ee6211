import { FOLLOWING, followMode } from './followMode';
import type { FollowInput, FollowMode } from './followMode';

const PAUSED: FollowMode = { type: 'paused', seen: 10 };
const PINNED: FollowMode = { type: 'pinned', line: 4, seen: 10 };

const AWAY: FollowInput = { type: 'movedAway', lastLine: 20 };
const SELECTED: FollowInput = { type: 'selectedText', lastLine: 20 };
const PAUSE: FollowInput = { type: 'pause', lastLine: 20 };
const END: FollowInput = { type: 'reachedEnd' };
const FOLLOW: FollowInput = { type: 'follow' };
const OPENED: FollowInput = { type: 'opened', line: 7, lastLine: 20 };
const RESTARTED: FollowInput = { type: 'restarted' };

describe('followMode', () => {
  it.each<[FollowMode, FollowInput, FollowMode]>([
    [FOLLOWING, AWAY, { type: 'paused', seen: 20 }],
    [FOLLOWING, SELECTED, { type: 'paused', seen: 20 }],
    [FOLLOWING, PAUSE, { type: 'paused', seen: 20 }],
    [FOLLOWING, END, FOLLOWING],
    [FOLLOWING, FOLLOW, FOLLOWING],
    [FOLLOWING, OPENED, { type: 'pinned', line: 7, seen: 20 }],
    [FOLLOWING, { type: 'saw', line: 20 }, FOLLOWING],
    [FOLLOWING, RESTARTED, FOLLOWING],
    [PAUSED, AWAY, PAUSED],
    [PAUSED, SELECTED, PAUSED],
    [PAUSED, PAUSE, PAUSED],
    [PAUSED, END, FOLLOWING],
    [PAUSED, FOLLOW, FOLLOWING],
    [PAUSED, OPENED, { type: 'pinned', line: 7, seen: 10 }],
    [PAUSED, { type: 'saw', line: 8 }, PAUSED],
    [PAUSED, { type: 'saw', line: 12 }, { type: 'paused', seen: 12 }],
    [PAUSED, RESTARTED, FOLLOWING],
    [PINNED, AWAY, { type: 'paused', seen: 10 }],
    [PINNED, SELECTED, { type: 'paused', seen: 10 }],
    [PINNED, PAUSE, { type: 'paused', seen: 10 }],
    [PINNED, END, FOLLOWING],
    [PINNED, FOLLOW, FOLLOWING],
    [PINNED, OPENED, { type: 'pinned', line: 7, seen: 10 }],
    [PINNED, { type: 'saw', line: 12 }, { ...PINNED, seen: 12 }],
    [PINNED, RESTARTED, FOLLOWING],
  ])('%j, %j -> %j', (mode, input, expected) => {
    expect(followMode(mode, input)).toEqual(expected);
  });

  it.each<[FollowMode, FollowInput]>([
    [FOLLOWING, END],
    [PAUSED, AWAY],
    [PAUSED, { type: 'saw', line: 8 }],
  ])('stays the same object: %j, %j', (mode, input) => {
    expect(followMode(mode, input)).toBe(mode);
  });
});
