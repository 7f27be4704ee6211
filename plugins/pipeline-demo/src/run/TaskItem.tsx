import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  diagnose,
  diagnoseDriver,
  formatDuration,
  type Forecast,
  type Run,
  type Task,
} from 'backstage-plugin-pipeline-demo-common';
import { useOpenTask } from '../state/useOpenTask';
import { pipelineDemoTranslationRef } from '../translation';
import { PhaseIcon, phaseClass } from './Phase';
import styles from './TaskItem.module.css';
import { lookOf, type TaskLook } from './taskLook';
import type { Words } from './wording';

const FILL_LIMIT = 0.97;

interface TaskItemProps {
  readonly run: Run;
  readonly task: Task;
  /** Epoch milliseconds of the run's clock. */
  readonly now: number;
  readonly forecast?: Forecast;
}

/** A task as a row to touch: phase, time, and why it is as it is. */
export function TaskItem(props: TaskItemProps) {
  const { run, task, now, forecast } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const [, setOpen] = useOpenTask();
  const look = lookOf(run, task, now);
  const expected = forecast?.durations.seconds[task.process];
  const share =
    look.phase === 'running' && expected
      ? Math.min(FILL_LIMIT, (look.seconds ?? 0) / expected)
      : undefined;
  const why = whyOf(t, props, look, expected);
  return (
    <button
      type="button"
      className={`${styles.item} ${phaseClass(look.phase)}`}
      onClick={() => setOpen(task.id)}
    >
      <PhaseIcon phase={look.phase} size={20} />
      <span className={styles.words}>
        <span className={styles.name}>{task.id}</span>
        {why && <span className={styles.why}>{why}</span>}
      </span>
      <span className={styles.time} data-phase={look.phase}>
        {timeOf(t, look, expected)}
      </span>
      {share !== undefined && (
        <i className={styles.track}>
          <i className={styles.fill} style={{ width: `${100 * share}%` }} />
        </i>
      )}
    </button>
  );
}

function timeOf(t: Words, look: TaskLook, expected?: number): string {
  if (look.seconds !== undefined) {
    return formatDuration(look.seconds);
  }
  return look.word === 'planned' && expected !== undefined
    ? `~${formatDuration(expected)}`
    : t(`phase.task.${look.word}`);
}

function whyOf(
  t: Words,
  { run, task, now }: TaskItemProps,
  look: TaskLook,
  expected: number | undefined,
): string | undefined {
  switch (look.word) {
    case 'running': {
      const left = expected && expected - (look.seconds ?? 0);
      if (left === undefined) {
        return undefined;
      }
      return left > 0
        ? t('narrow.left', { duration: formatDuration(left) })
        : t('narrow.slower', { seconds: Math.max(1, Math.round(-left)) });
    }
    case 'planned':
      if (task.process === 'GENERATE') {
        // Once is enough for all that wait for the driver.
        return task.batch === 1
          ? diagnoseDriver(run, now)?.sentence
          : undefined;
      }
      return task.process === 'REPORT'
        ? t('narrow.afterAll')
        : t('narrow.needs', { task: `GENERATE:${task.batch}` });
    case 'waiting':
      return waitText(t, task) ?? diagnose(run, task, now)?.sentence;
    case 'starting':
      return diagnose(run, task, now)?.sentence ?? t('narrow.starting');
    case 'stuck':
    case 'failed':
      return diagnose(run, task, now)?.sentence;
    default:
      return undefined;
  }
}

/** In few words, since many may wait for the same. */
function waitText(t: Words, task: Task): string | undefined {
  const { reason } = task.attempts[task.attempts.length - 1] ?? {};
  switch (reason?.code) {
    case 'NoFreeSlot':
      return t('narrow.waitsForSlot');
    case 'QuotaExceeded':
      return t('narrow.waitsForQuota');
    default:
      return undefined;
  }
}
