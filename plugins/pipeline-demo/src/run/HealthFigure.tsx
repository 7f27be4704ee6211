import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  diagnose,
  diagnoseDriver,
  formatDuration,
  type Forecast,
  type Run,
  type Task,
} from 'backstage-plugin-pipeline-demo-common';
import { pipelineDemoTranslationRef } from '../translation';
import { aboutDuration } from './about';
import { Figure } from './Figure';
import type { Health } from './health';
import styles from './HealthFigure.module.css';
import { Icon } from './icons';
import { phaseClass, type PhaseName } from './Phase';
import { lookOf } from './taskLook';
import type { Words } from './wording';

/** Differences of less than this are none. */
const SAME_SECONDS = 1;

/** One sentence of health: how long still, or how it went. */
export function HealthFigure(props: {
  readonly run: Run;
  readonly health: Health;
  /** Epoch milliseconds of the run's clock. */
  readonly now: number;
  readonly forecast?: Forecast;
}) {
  const { run, health, now } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  if (run.phase === 'cancelling') {
    return null;
  }
  if (run.outcome?.type === 'failed' || run.phase === 'cancelled') {
    return <Unfinished run={run} now={now} />;
  }
  if (health.type === 'stuck') {
    return (
      <Trouble
        phase="blocked"
        words={healthText(t, health)}
        caption={hindranceOf(run, health.tasks[0], now)}
      />
    );
  }
  const expected = props.forecast?.durationSeconds;
  if (health.type === 'unknown' && expected !== undefined) {
    return (
      <Figure
        value={formatDuration(expected)}
        caption={t('progress.forecastAlone')}
      />
    );
  }
  const forecast =
    expected === undefined
      ? ''
      : t('progress.forecast', { duration: formatDuration(expected) });
  return (
    <Figure
      value={healthText(t, health)}
      caption={
        <>
          <HealthWord health={health} />
          {forecast}
        </>
      }
    />
  );
}

function hindranceOf(
  run: Run,
  task: Task | undefined,
  now: number,
): string | undefined {
  const found = task ? diagnose(run, task, now) : diagnoseDriver(run, now);
  return found?.sentence;
}

/** Why it did not get to its end, and what became of the tasks. */
function Unfinished(props: { readonly run: Run; readonly now: number }) {
  const { run, now } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const words = run.tasks.map(task => lookOf(run, task, now).word);
  const stopped = words.filter(word => word === 'cancelled').length;
  const notRun = words.filter(word => word === 'notRun').length;
  if (run.outcome?.type !== 'failed') {
    return (
      <Figure
        value={t('progress.tasksStopped', { stopped })}
        caption={t('progress.tasksNotRun', { notRun })}
      />
    );
  }
  const failed = run.tasks.find(task => task.phase === 'failed');
  return (
    <Trouble
      phase="failed"
      words={failed ? failureText(t, failed) : t('progress.driverFailed')}
      caption={t('progress.stopped', { stopped, notRun })}
    />
  );
}

function failureText(t: Words, task: Task): string {
  const { outOfMemory } = task.attempts[task.attempts.length - 1] ?? {};
  return t(outOfMemory ? 'progress.taskOutOfMemory' : 'progress.taskFailed', {
    task: task.id,
  });
}

/** Words in the colour of a phase over a few quiet ones. */
function Trouble(props: {
  readonly phase: PhaseName;
  readonly words: string;
  readonly caption?: string;
}) {
  const { phase, words, caption } = props;
  return (
    <div className={`${styles.trouble} ${phaseClass(phase)}`}>
      <div className={styles.words}>{words}</div>
      <div className={styles.caption}>{caption}</div>
    </div>
  );
}

function HealthWord(props: { readonly health: Health }) {
  const { health } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  switch (health.type) {
    case 'onTrack':
      return (
        <>
          <span className={`${styles.good} ${phaseClass('succeeded')}`}>
            <Icon name="check" size={12} />
            {t('progress.onTrack')}
          </span>
          {' · '}
        </>
      );
    case 'slower':
    case 'faster':
      return (
        <>
          {t(`progress.${health.type}`, {
            duration: formatDuration(health.by),
          })}
          {' · '}
        </>
      );
    case 'over':
    case 'stuck':
    case 'unknown':
      return null;
    default:
      return unknownHealth(health);
  }
}

/** How long still, how much over, or what holds it: `about 0:25 left`. */
export function healthText(t: Words, health: Health): string {
  switch (health.type) {
    case 'unknown':
      return '';
    case 'onTrack':
    case 'slower':
    case 'faster':
      return t('progress.left', { duration: aboutDuration(health.left) });
    case 'stuck':
      return health.tasks.length === 0
        ? t('progress.driverStuck')
        : t('progress.stuck', { count: health.tasks.length });
    case 'over':
      return differenceText(t, health.by);
    default:
      return unknownHealth(health);
  }
}

function differenceText(t: Words, by: number): string {
  if (Math.abs(by) < SAME_SECONDS) {
    return t('progress.asForecast');
  }
  return t(by > 0 ? 'progress.over' : 'progress.under', {
    seconds: Math.round(Math.abs(by)),
  });
}

function unknownHealth(health: never): never {
  throw new Error(`Unknown health: ${JSON.stringify(health)}`);
}
