import { FreshnessWindow } from './FreshnessWindow';

describe('FreshnessWindow', () => {
  it('has no figures before the first frame', () => {
    expect(new FreshnessWindow().figures).toBeUndefined();
  });

  it('gives the median and the worst hundredth', () => {
    const window = new FreshnessWindow();
    for (let frame = 1; frame <= 100; frame += 1) {
      window.add(1_000 + frame, frame);
    }
    expect(window.figures).toEqual({ p50Ms: 51, p99Ms: 100 });
  });

  it('covers the last minute only', () => {
    const window = new FreshnessWindow();
    window.add(0, 900);
    window.add(60_001, 40);
    expect(window.figures).toEqual({ p50Ms: 40, p99Ms: 40 });
  });

  it('never claims that a line came before it was written', () => {
    const window = new FreshnessWindow();
    window.add(0, -5);
    expect(window.figures).toEqual({ p50Ms: 0, p99Ms: 0 });
  });
});
