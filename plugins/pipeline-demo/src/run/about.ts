import { formatDuration } from 'backstage-plugin-pipeline-demo-common';

/** Nobody believes a forecast to the second. */
const ABOUT_SECONDS = 5;

/** A predicted duration, to the next 5 seconds: `1:05`. */
export function aboutDuration(seconds: number): string {
  const rounded = Math.round(seconds / ABOUT_SECONDS) * ABOUT_SECONDS;
  return formatDuration(Math.max(ABOUT_SECONDS, rounded));
}
