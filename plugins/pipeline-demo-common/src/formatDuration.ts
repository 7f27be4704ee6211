const SECONDS_PER_MINUTE = 60;
const MINUTES_PER_HOUR = 60;

/** `0:35`, `12:05` or `1:02:03`; to the whole second, and never negative. @public */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const minutes = Math.floor(whole / SECONDS_PER_MINUTE);
  const hours = Math.floor(minutes / MINUTES_PER_HOUR);
  const pad = (part: number) => String(part).padStart(2, '0');
  const rest = pad(whole % SECONDS_PER_MINUTE);
  return hours === 0
    ? `${minutes}:${rest}`
    : `${hours}:${pad(minutes % MINUTES_PER_HOUR)}:${rest}`;
}
