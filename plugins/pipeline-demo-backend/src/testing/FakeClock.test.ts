import { systemClock } from '../SystemClock';
import { FakeClock } from './FakeClock';

const never = new AbortController().signal;

describe('FakeClock', () => {
  it('wakes sleepers in the order of their time', async () => {
    const clock = FakeClock.create();
    const woken: number[] = [];
    const start = clock.now();
    for (const ms of [30, 10, 20]) {
      void clock.sleep(ms, never).then(() => woken.push(clock.now() - start));
    }
    await clock.advance(25);
    expect(woken).toEqual([10, 20]);
    expect(clock.now() - start).toBe(25);
    await clock.until(() => woken.length === 3);
    expect(clock.now() - start).toBe(30);
  });

  it('says when something will never be', async () => {
    const clock = FakeClock.create();
    await expect(clock.until(() => false)).rejects.toThrow('Still not so');
  });
});

describe.each([
  ['FakeClock', FakeClock.create()],
  ['systemClock', systemClock],
])('%s', (_, clock) => {
  it('does not sleep when the signal is aborted', async () => {
    const stop = new AbortController();
    const sleeping = clock.sleep(3_600_000, stop.signal);
    stop.abort();
    await sleeping;
    await clock.sleep(3_600_000, stop.signal);
    expect(stop.signal.aborted).toBe(true);
  });
});

describe('systemClock', () => {
  it('sleeps as long as it is told to', async () => {
    const before = systemClock.now();
    await systemClock.sleep(20, never);
    expect(systemClock.now() - before).toBeGreaterThanOrEqual(19);
  });
});
