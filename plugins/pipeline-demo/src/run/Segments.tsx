import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Tooltip from '@material-ui/core/Tooltip';
import {
  PROCESS_NAMES,
  type Forecast,
  type Run,
  type Task,
} from 'backstage-plugin-pipeline-demo-common';
import { pipelineDemoTranslationRef } from '../translation';
import { phaseClass } from './Phase';
import styles from './Segments.module.css';
import { lookOf } from './taskLook';

const FILL_LIMIT = 0.95;

/** One segment per task, grouped by process: 7 of 11 is seen without reading. */
export function Segments(props: {
  readonly run: Run;
  /** Epoch milliseconds of the run's clock. */
  readonly now: number;
  readonly forecast?: Forecast;
}) {
  const { run } = props;
  return (
    <div className={styles.segments}>
      {PROCESS_NAMES.map(process => {
        const tasks = run.tasks.filter(task => task.process === process);
        const done = tasks.filter(task => task.phase === 'succeeded').length;
        return (
          <div
            key={process}
            className={styles.process}
            style={{ flexGrow: tasks.length > 1 ? tasks.length : 1 }}
          >
            <div className={styles.label}>
              <span className={styles.name}>{process}</span>
              <span className={styles.count}>
                {done}/{tasks.length}
              </span>
            </div>
            <div className={styles.bars}>
              {tasks.map(task => (
                <Segment key={task.id} {...props} task={task} />
              ))}
            </div>
          </div>
        );
      })}
    </div>
  );
}

/** The segments alone, in one line: for a phone. */
export function ThinSegments(props: {
  readonly run: Run;
  /** Epoch milliseconds of the run's clock. */
  readonly now: number;
  readonly forecast?: Forecast;
}) {
  return (
    <div className={styles.thin} aria-hidden="true">
      {PROCESS_NAMES.map(process => {
        const tasks = props.run.tasks.filter(task => task.process === process);
        return (
          <div
            key={process}
            className={styles.bars}
            style={{ flexGrow: tasks.length }}
          >
            {tasks.map(task => (
              <Segment key={task.id} {...props} task={task} />
            ))}
          </div>
        );
      })}
    </div>
  );
}

function Segment(props: {
  readonly run: Run;
  readonly now: number;
  readonly forecast?: Forecast;
  readonly task: Task;
}) {
  const { run, task, now, forecast } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const { phase, word, seconds = 0 } = lookOf(run, task, now);
  const expected = forecast?.durations.seconds[task.process];
  const share = expected ? Math.min(FILL_LIMIT, seconds / expected) : 0;
  return (
    <Tooltip
      title={t('topology.task', {
        task: task.id,
        phase: t(`phase.task.${word}`),
      })}
    >
      <i
        className={`${styles.segment} ${phaseClass(phase)}`}
        data-phase={phase}
      >
        {phase === 'running' && (
          <i className={styles.fill} style={{ width: `${100 * share}%` }} />
        )}
      </i>
    </Tooltip>
  );
}
