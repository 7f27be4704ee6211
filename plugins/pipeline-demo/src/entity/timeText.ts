import {
  formatDuration,
  isEnded,
  type Run,
} from 'backstage-plugin-pipeline-demo-common';
import { aboutDuration } from '../run/about';
import type { Health } from '../run/health';
import { runSeconds } from '../run/taskLook';
import { whenText, type Words } from '../run/wording';

/**
 * "0:41 elapsed, about 0:25 left", or "1:05, today 13:31".
 *
 * @param now - epoch milliseconds of the run's clock
 */
export function timeText(
  t: Words,
  run: Run,
  health: Health,
  now: number,
): string {
  const duration = formatDuration(runSeconds(run, now));
  if (isEnded(run.phase) || run.finishedAt !== undefined) {
    const when = whenText(t, new Date(run.createdAt).toISOString());
    return t('card.took', { duration, when });
  }
  return 'left' in health
    ? t('card.left', { duration, left: aboutDuration(health.left) })
    : t('card.elapsed', { duration });
}
