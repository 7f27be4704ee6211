import { FakePipelineDemoApi } from './__testUtils__/FakePipelineDemoApi';
import { holdSession, sessionOf } from './sessions';

describe('sessions', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('keeps the stream of a page that is built anew', () => {
    const api = new FakePipelineDemoApi();
    const session = sessionOf(api, 'r1');
    const leave = holdSession(api, 'r1');
    leave();
    const leaveAgain = holdSession(api, 'r1');
    jest.advanceTimersByTime(10_000);
    expect(sessionOf(api, 'r1')).toBe(session);
    expect(api.streams).toHaveLength(1);
    leaveAgain();
  });

  it('lets go of it when nobody comes back', () => {
    const api = new FakePipelineDemoApi();
    const session = sessionOf(api, 'r1');
    holdSession(api, 'r1')();
    jest.advanceTimersByTime(10_000);
    expect(sessionOf(api, 'r1')).not.toBe(session);
  });

  it('has one for each run and each client', () => {
    const api = new FakePipelineDemoApi();
    expect(sessionOf(api, 'r1')).not.toBe(sessionOf(api, 'r2'));
    expect(sessionOf(api, 'r1')).not.toBe(
      sessionOf(new FakePipelineDemoApi(), 'r1'),
    );
  });
});
