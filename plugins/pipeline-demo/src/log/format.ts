const pad = (part: number, digits: number) =>
  String(part).padStart(digits, '0');

/** `14:02:41.120`, local time. @param at - epoch milliseconds */
export function timeText(at: number): string {
  const date = new Date(at);
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()];
  return `${clock.map(part => pad(part, 2)).join(':')}.${pad(
    date.getMilliseconds(),
    3,
  )}`;
}

/** Made once: each `toLocaleString` would make another one. */
const NUMBERS = new Intl.NumberFormat();

/** `12,904`, as the browser's language has it. */
export function numberText(value: number): string {
  return NUMBERS.format(value);
}

const BYTES_PER_UNIT = 1_000;

/** `2.1 MB`, `512 B` */
export function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= BYTES_PER_UNIT && unit < units.length - 1) {
    value /= BYTES_PER_UNIT;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
