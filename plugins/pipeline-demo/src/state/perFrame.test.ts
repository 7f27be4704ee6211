import { perFrame } from './perFrame';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('perFrame', () => {
  it('makes one call of many requests', () => {
    const run = jest.fn();
    const frame = perFrame(run);
    frame.request();
    frame.request();
    expect(run).not.toHaveBeenCalled();
    jest.advanceTimersToNextFrame();
    expect(run).toHaveBeenCalledTimes(1);
    frame.request();
    jest.advanceTimersToNextFrame();
    expect(run).toHaveBeenCalledTimes(2);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('does not wait for a frame that a hidden tab never has', () => {
    const animate = jest
      .spyOn(window, 'requestAnimationFrame')
      .mockReturnValue(0);
    const run = jest.fn();
    perFrame(run).request();
    jest.advanceTimersByTime(500);
    expect(run).toHaveBeenCalledTimes(1);
    animate.mockRestore();
  });

  it('can be cancelled', () => {
    const run = jest.fn();
    const frame = perFrame(run);
    frame.request();
    frame.cancel();
    jest.advanceTimersByTime(1_000);
    expect(run).not.toHaveBeenCalled();
  });
});
