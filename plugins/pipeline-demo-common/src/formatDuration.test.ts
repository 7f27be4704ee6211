import { formatDuration } from './formatDuration';

it.each([
  [0, '0:00'],
  [34.6, '0:35'],
  [59.5, '1:00'],
  [72, '1:12'],
  [3599.6, '1:00:00'],
  [3723, '1:02:03'],
  [-3, '0:00'],
])('formatDuration(%d) is %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});
