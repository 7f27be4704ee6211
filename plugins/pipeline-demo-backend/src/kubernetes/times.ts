/**
 * Epoch milliseconds. The client's types say that times are dates, but nobody
 * has parsed them: they are the API server's texts.
 */
export function epochMs(time: Date | string): number;
export function epochMs(time: Date | string | undefined): number | undefined;
export function epochMs(time: Date | string | undefined): number | undefined {
  return time === undefined ? undefined : new Date(time).getTime();
}
