import { FloodGauge } from './FloodGauge';

/** Lines in each of these seconds, a tenth of them at a time. */
function after(...seconds: number[]): boolean {
  const gauge = new FloodGauge();
  seconds.forEach((lines, second) => {
    for (let part = 0; part < 10; part += 1) {
      gauge.add(10_000 + second * 1_000 + part * 100, lines / 10);
    }
  });
  return gauge.isFlood;
}

it('calls it a flood when a whole second was one', () => {
  expect(after(20_000)).toBe(false);
  expect(after(20_000, 20_000, 20_000)).toBe(true);
  expect(after(1_000, 1_000, 1_000)).toBe(false);
});

it('ends with the first quiet second', () => {
  expect(after(20_000, 20_000, 100, 100)).toBe(false);
});
