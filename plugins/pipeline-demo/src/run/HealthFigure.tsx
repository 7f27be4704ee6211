import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  countTasks,
  formatDuration,
  type Forecast,
  type Run,
} from 'backstage-plugin-pipeline-demo-common';
import { pipelineDemoTranslationRef } from '../translation';
import { aboutDuration } from './about';
import { Figure } from './Figure';
import type { Health } from './health';
import styles from './HealthFigure.module.css';
import { Icon } from './icons';
import { phaseClass } from './Phase';
import type { Words } from './wording';

/** Differences of less than this are none. */
const SAME_SECONDS = 1;

/** One sentence of health: how long still, or how it went. */
export function HealthFigure(props: {
  readonly run: Run;
  readonly health: Health;
  readonly forecast?: Forecast;
}) {
  const { run, health } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  if (run.phase === 'cancelling') {
    return null;
  }
  if (run.outcome?.type === 'failed') {
    return <Failed run={run} />;
  }
  if (run.phase === 'cancelled') {
    return null;
  }
  const expected = props.forecast?.durationSeconds;
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

function Failed(props: { readonly run: Run }) {
  const { run } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const failed = run.tasks.find(task => task.phase === 'failed');
  const counts = countTasks(run);
  return (
    <div className={phaseClass('failed')}>
      <div className={styles.failure}>
        {failed
          ? t('progress.taskFailed', { task: failed.id })
          : t('progress.driverFailed')}
      </div>
      <div className={styles.caption}>
        {t('progress.stopped', {
          stopped: counts.cancelled,
          notRun: counts.planned,
        })}
      </div>
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
    case 'unknown':
      return null;
    default:
      return unknownHealth(health);
  }
}

/** How long still, or how much over: `about 0:25 left`. */
export function healthText(t: Words, health: Health): string {
  switch (health.type) {
    case 'unknown':
      return '';
    case 'onTrack':
    case 'slower':
    case 'faster':
      return t('progress.left', { duration: aboutDuration(health.left) });
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
