import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Card } from '@backstage/ui';
import {
  formatDuration,
  progress,
  type Forecast,
  type Run,
} from 'backstage-plugin-pipeline-demo-common';
import type { ReactNode } from 'react';
import { pipelineDemoTranslationRef } from '../translation';
import { Figure } from './Figure';
import { healthOf } from './health';
import { HealthFigure } from './HealthFigure';
import { ObjectsLeft } from './ObjectsLeft';
import styles from './RunProgress.module.css';
import { Segments } from './Segments';
import { runSeconds } from './taskLook';
import { clockText, type Words } from './wording';

/** How far the run is: finished tasks, one segment for each, and the time. */
export function RunProgress(props: {
  readonly run: Run;
  /** Epoch milliseconds of the run's clock. */
  readonly now: number;
  readonly forecast?: Forecast;
  /** Missing: it is live, or over. */
  readonly sight?: 'lost';
  /** Below it. */
  readonly children?: ReactNode;
}) {
  const { run, now, forecast, sight } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const { finished, total, percent } = progress(run);
  return (
    <Card
      className={styles.progress}
      role="region"
      aria-label={t('progress.label')}
    >
      {run.phase === 'cancelling' ? (
        <ObjectsLeft run={run} />
      ) : (
        <>
          <div className={styles.count}>
            <Figure
              value={
                <>
                  {finished} <small>{t('progress.of', { total })}</small>
                </>
              }
              caption={t('progress.percent', { percent })}
            />
          </div>
          <Segments run={run} now={now} forecast={forecast} />
        </>
      )}
      <div className={styles.times}>
        {run.phase === 'cancelling' && (
          <Figure
            value={
              <>
                {finished} <small>{t('progress.ofAll', { total })}</small>
              </>
            }
            caption={t('progress.finished')}
          />
        )}
        <Figure
          value={formatDuration(runSeconds(run, now))}
          caption={timeCaption(t, run, sight && now)}
        />
        <HealthFigure
          run={run}
          health={healthOf(run, forecast, now)}
          now={now}
          forecast={forecast}
        />
      </div>
      {props.children && <div className={styles.below}>{props.children}</div>}
    </Card>
  );
}

/** What the time is: of a run that is out of sight, since when. */
function timeCaption(t: Words, run: Run, lostAt: number | undefined): string {
  if (run.cancelAskedBy !== undefined) {
    return t('progress.untilCancel');
  }
  if (run.finishedAt !== undefined) {
    return t('progress.duration');
  }
  return lostAt === undefined
    ? t('progress.elapsed')
    : t('progress.asOf', { time: clockText(lostAt) });
}
