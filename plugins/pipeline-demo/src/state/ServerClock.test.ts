import { ServerClock } from './ServerClock';

describe('ServerClock', () => {
  it('knows nothing at first', () => {
    expect(new ServerClock().offsetMs).toBe(0);
  });

  it('trusts the message that travelled least', () => {
    const clock = new ServerClock();
    clock.heard(10_000, 9_080);
    clock.heard(11_000, 10_030);
    clock.heard(12_000, 11_200);
    expect(clock.offsetMs).toBe(970);
  });

  it('forgets old readings, as clocks drift', () => {
    const clock = new ServerClock();
    clock.heard(5_000, 0);
    for (let reading = 0; reading < 12; reading += 1) {
      clock.heard(-100, 0);
    }
    expect(clock.offsetMs).toBe(-100);
  });
});
