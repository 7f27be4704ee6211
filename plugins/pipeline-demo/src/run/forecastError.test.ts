import { isFarOff, percentOff, signOf } from './forecastError';

it.each([
  [12, 13.6, 13, '+', true],
  [14, 14.5, 4, '+', false],
  [10, 8, -20, '−', true],
  [8, 8, 0, '±', false],
  [0, 5, 0, '±', false],
])(
  'predicted %s, actual %s: %s %%',
  (predicted, actual, percent, sign, far) => {
    expect(percentOff(predicted, actual)).toBe(percent);
    expect(signOf(percent)).toBe(sign);
    expect(isFarOff(percent)).toBe(far);
  },
);
