import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Card } from '@backstage/ui';
import {
  PROCESS_NAMES,
  formatDuration,
  isEndedTask,
  type Forecast,
  type PreviewView,
  type ProcessName,
  type Run,
  type Task,
} from 'backstage-plugin-pipeline-demo-common';
import { pipelineDemoTranslationRef } from '../translation';
import { LatestLines } from './LatestLines';
import { PhaseIcon } from './Phase';
import { QuotaGauge } from './QuotaGauge';
import { TaskItem } from './TaskItem';
import styles from './TaskList.module.css';
import { lookOf } from './taskLook';

interface TaskListProps {
  readonly run: Run;
  /** Epoch milliseconds of the run's clock. */
  readonly now: number;
  readonly forecast?: Forecast;
  readonly preview?: PreviewView;
  /** Missing: as it is now. */
  readonly moment?: 'past';
}

/** The topology of a phone: what moves comes first, what is done folds away. */
export function TaskList(props: TaskListProps & { onOpenLog(): void }) {
  const { run, now, preview, moment, onOpenLog } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  return (
    <div className={styles.list}>
      {PROCESS_NAMES.map(process => (
        <Process key={process} {...props} process={process} />
      ))}
      <Card className={styles.card}>
        <QuotaGauge run={run} now={now} preview={preview} moment={moment} />
      </Card>
      {moment !== 'past' && (
        <Card className={styles.card}>
          <div className={styles.head}>
            <h3 className={styles.title}>{t('narrow.latest')}</h3>
            <Button size="small" variant="tertiary" onPress={onOpenLog}>
              {t('narrow.openLog')}
            </Button>
          </div>
          <LatestLines />
        </Card>
      )}
    </div>
  );
}

function Process(props: TaskListProps & { readonly process: ProcessName }) {
  const { run, now, process } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const tasks = run.tasks.filter(task => task.process === process);
  const done = tasks.filter(task => task.phase === 'succeeded').length;
  const items = inOrderOfInterest(tasks).map(task => (
    <TaskItem key={task.id} {...props} task={task} />
  ));
  if (tasks.length === 1) {
    return <Card className={styles.process}>{items}</Card>;
  }
  if (done < tasks.length) {
    return (
      <Card className={styles.process}>
        <div className={styles.head}>
          <h3 className={styles.title}>{process}</h3>
          <span className={styles.quiet}>
            {t('narrow.doneOf', { done, total: tasks.length })}
          </span>
        </div>
        {items}
      </Card>
    );
  }
  const seconds = tasks.map(task => lookOf(run, task, now).seconds ?? 0);
  const mean = seconds.reduce((sum, one) => sum + one, 0) / tasks.length;
  return (
    <Card className={styles.process}>
      <details>
        <summary className={styles.summary}>
          <PhaseIcon phase="succeeded" size={20} />
          <h3 className={styles.title}>{process}</h3>
          <span className={styles.quiet}>
            {t('narrow.doneEach', {
              done,
              total: tasks.length,
              duration: formatDuration(mean),
            })}
          </span>
        </summary>
        {items}
      </details>
    </Card>
  );
}

/** At work, then failed, then those to come, then those that are over. */
function inOrderOfInterest(tasks: readonly Task[]): Task[] {
  const rank = ({ phase }: Task) => {
    if (phase === 'running' || phase === 'starting') {
      return phase === 'running' ? 0 : 1;
    }
    if (phase === 'failed') {
      return -1;
    }
    return isEndedTask(phase) ? 3 : 2;
  };
  return [...tasks].sort((a, b) => rank(a) - rank(b));
}
