import { median } from './median';

it.each([
  [[], undefined],
  [[7], 7],
  [[3, 1], 2],
  [[10, 1, 2], 2],
])('the median of %j is %s', (values, is) => {
  expect(median(values)).toBe(is);
});
