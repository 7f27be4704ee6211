import {
  canZoomIn,
  scrollAfterZoom,
  secondsAt,
  within,
  zoomed,
} from './timelineZoom';

/** So many pixels per second, beginning at 12. */
const scale = (perSecond: number) => (seconds: number) =>
  12 + perSecond * seconds;

describe('zoomed', () => {
  it('goes nearer by two from all there is, and back', () => {
    expect(zoomed(undefined, 'in', 80)).toBe(40);
    expect(zoomed(40, 'in', 80)).toBe(20);
    expect(zoomed(20, 'out', 80)).toBe(40);
    expect(zoomed(40, 'out', 80)).toBeUndefined();
    expect(zoomed(undefined, 'out', 80)).toBeUndefined();
    expect(zoomed(5, 'fit', 80)).toBeUndefined();
  });

  it('stops where nothing more is to be seen', () => {
    expect(canZoomIn(4, 80)).toBe(true);
    expect(canZoomIn(3, 80)).toBe(false);
    expect(zoomed(3, 'in', 80)).toBe(3);
    expect(canZoomIn(undefined, 3)).toBe(false);
  });

  it('ends when all there is fits', () => {
    expect(within(40, 80)).toBe(40);
    expect(within(80, 80)).toBeUndefined();
    expect(within(undefined, 80)).toBeUndefined();
  });
});

describe('scrollAfterZoom', () => {
  const before = { x: scale(5), left: 0, width: 500 };

  it('keeps a moment that is in view in its place', () => {
    const left = scrollAfterZoom(before, scale(10), 60);
    expect(scale(10)(60) - left).toBe(scale(5)(60));
  });

  it('keeps the middle when that moment is out of view, or there is none', () => {
    const middle = secondsAt(scale(5), 250);
    for (const wanted of [undefined, 200]) {
      const left = scrollAfterZoom(before, scale(10), wanted);
      expect(scale(10)(middle) - left).toBeCloseTo(250);
    }
  });

  it('does not go before the beginning', () => {
    const near = { x: scale(10), left: 0, width: 500 };
    expect(scrollAfterZoom(near, scale(5), undefined)).toBe(0);
  });
});
