import { FakeClock } from '../testing/FakeClock';
import { Alarm } from './Alarm';

const never = new AbortController().signal;

describe('Alarm', () => {
  it('ends a sleep early, or the next one when nobody sleeps', async () => {
    const clock = FakeClock.create();
    const alarm = Alarm.create(clock);
    const start = clock.now();
    const sleeping = alarm.sleep(1_000, never);
    alarm.ring();
    await sleeping;
    alarm.ring();
    alarm.ring();
    await alarm.sleep(1_000, never);
    expect(clock.now()).toBe(start);
    await clock.finish(alarm.sleep(1_000, never));
    expect(clock.now()).toBe(start + 1_000);
  });

  it('does not sleep when the signal is aborted', async () => {
    const alarm = Alarm.create(FakeClock.create());
    await expect(
      alarm.sleep(1_000, AbortSignal.abort()),
    ).resolves.toBeUndefined();
  });
});
