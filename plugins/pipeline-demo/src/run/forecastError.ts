/** Further off than this is worth a second look. */
const FAR_OFF_PERCENT = 12;

/** How far the actual value is from the predicted one, in whole percent. */
export function percentOff(predicted: number, actual: number): number {
  return predicted > 0
    ? Math.round((100 * (actual - predicted)) / predicted)
    : 0;
}

/** Whether a prediction was so far off that it should be seen. */
export function isFarOff(percent: number): boolean {
  return Math.abs(percent) > FAR_OFF_PERCENT;
}

/** `+`, `−` as typographers have it, or `±` for none. */
export function signOf(value: number): string {
  if (value === 0) {
    return '±';
  }
  return value > 0 ? '+' : '−';
}
