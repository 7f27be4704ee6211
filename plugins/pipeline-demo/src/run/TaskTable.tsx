import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { VisuallyHidden } from '@backstage/ui';
import {
  formatDuration,
  isEndedTask,
  type Run,
} from 'backstage-plugin-pipeline-demo-common';
import { memo } from 'react';
import { pipelineDemoTranslationRef } from '../translation';
import { lookOf } from './taskLook';
import { clockText } from './wording';

/** The tasks as a table that is heard, not seen: the drawings tell the rest. */
export const TaskTable = memo(
  (props: {
    readonly label: string;
    readonly run: Run;
    /** Epoch milliseconds of the run's clock. */
    readonly now: number;
    /** Missing: it is live, or over. */
    readonly sight?: 'lost';
  }) => {
    const { run, now, sight } = props;
    const { t } = useTranslationRef(pipelineDemoTranslationRef);
    return (
      <VisuallyHidden>
        <table>
          <caption>{props.label}</caption>
          <thead>
            <tr>
              <th scope="col">{t('timeline.task')}</th>
              <th scope="col">{t('history.phase')}</th>
              <th scope="col">{t('history.duration')}</th>
            </tr>
          </thead>
          <tbody>
            {run.tasks.map(task => {
              const { word, seconds } = lookOf(run, task, now);
              return (
                <tr key={task.id}>
                  <th scope="row">{task.id}</th>
                  <td>
                    {t(
                      sight === 'lost' && !isEndedTask(task.phase)
                        ? 'timeline.lastSeen'
                        : 'timeline.seen',
                      { phase: t(`phase.task.${word}`), time: clockText(now) },
                    )}
                  </td>
                  <td>
                    {seconds === undefined ? '–' : formatDuration(seconds)}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </VisuallyHidden>
    );
  },
  // The table is read, not watched: a new second is no reason to write it again.
  (before, after) =>
    before.run === after.run &&
    before.label === after.label &&
    before.sight === after.sight,
);
