import { isDriverState, moveDriver } from './driver';
import type { DriverState } from './driver';

const FULL = { code: 'Unschedulable', message: '0/1 nodes are available' };
const waiting: DriverState = { phase: 'waiting', since: 10, reason: FULL };

describe('moveDriver', () => {
  it('takes the first word', () => {
    expect(moveDriver(undefined, waiting)).toEqual(waiting);
  });

  it('leaves out what is undefined, as JSON does', () => {
    const seen = { phase: 'waiting', since: 10, node: undefined } as const;
    expect(Object.keys(moveDriver(undefined, seen))).toEqual([
      'phase',
      'since',
    ]);
  });

  it('keeps the time of its phase, and the last reason', () => {
    const reason = { code: 'QuotaExceeded', message: 'exceeded quota' };
    const seen: DriverState = { phase: 'waiting', since: 11, reason };
    expect(moveDriver(waiting, seen)).toEqual({ ...seen, since: 10 });
  });

  it('knows no reason any more when there is none', () => {
    const seen: DriverState = { phase: 'waiting', since: 10 };
    expect(moveDriver(waiting, seen)).toEqual(seen);
  });

  it('goes on, and leaves the reason behind', () => {
    const seen: DriverState = { phase: 'starting', since: 20, node: 'node-1' };
    expect(moveDriver(waiting, seen)).toEqual(seen);
  });

  it('never goes back', () => {
    const running: DriverState = { phase: 'running', since: 30, node: 'n' };
    expect(moveDriver(running, waiting)).toBe(running);
  });

  it('is the same object when nothing is new', () => {
    expect(moveDriver(waiting, { ...waiting })).toBe(waiting);
  });
});

describe('isDriverState', () => {
  it.each([
    ['a phase that is none', { phase: 'done', since: 1 }],
    ['no time', { phase: 'waiting' }],
    ['nothing', undefined],
  ])('is false for %s', (_, state) => {
    expect(isDriverState(state as never)).toBe(false);
  });

  it('is true for a good one', () => {
    expect(isDriverState(waiting)).toBe(true);
  });
});
