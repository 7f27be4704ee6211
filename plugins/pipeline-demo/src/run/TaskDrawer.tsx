import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, ButtonIcon } from '@backstage/ui';
import {
  diagnose,
  formatDuration,
  type Forecast,
  type Run,
  type Task,
} from 'backstage-plugin-pipeline-demo-common';
import { useEffect, useRef } from 'react';
import { useOpenTask } from '../state/useOpenTask';
import { useTaskSelection } from '../state/useTaskSelection';
import { pipelineDemoTranslationRef } from '../translation';
import { AttemptLadder } from './AttemptLadder';
import { BreakTask } from './BreakTask';
import { CopyCommand } from './CopyCommand';
import { Icon } from './icons';
import { PhaseIcon, phaseClass } from './Phase';
import styles from './TaskDrawer.module.css';
import { TaskFacts } from './TaskFacts';
import { lookOf, type TaskLook } from './taskLook';
import type { Words } from './wording';

interface TaskDrawerProps {
  readonly run: Run;
  /** Epoch milliseconds of the run's clock. */
  readonly now: number;
  readonly forecast?: Forecast;
  /** Where the log is out of sight: the way to it. */
  readonly onShowLog?: () => void;
  /** Missing: now, or at the end. */
  readonly moment?: 'past';
}

/** Everything about one task, over the right third of the page. */
export function TaskDrawer(props: TaskDrawerProps) {
  const [open, setOpen] = useOpenTask();
  const task = props.run.tasks.find(({ id }) => id === open);
  return task ? (
    <Drawer
      {...props}
      key={task.id}
      task={task}
      onClose={() => setOpen(undefined)}
    />
  ) : null;
}

function Drawer(
  props: TaskDrawerProps & { readonly task: Task; onClose(): void },
) {
  const { run, now, task, forecast, moment, onClose, onShowLog } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const { select } = useTaskSelection();
  const ref = useFocusOf(onClose);
  const look = lookOf(run, task, now);
  const attempts = task.attempts.length > 0 ? task.attempts : [undefined];
  const place = task.attempts[task.attempts.length - 1]?.place;
  return (
    <aside
      ref={ref}
      className={styles.drawer}
      tabIndex={-1}
      aria-label={t('task.details', { task: task.id })}
    >
      <div className={styles.head}>
        <PhaseIcon phase={look.phase} size={20} />
        <h3 className={styles.title}>{task.id}</h3>
        <span className={styles.state}>{stateOf(t, look, task, now)}</span>
        <ButtonIcon
          size="small"
          variant="tertiary"
          aria-label={t('task.close')}
          icon={<Icon name="close" />}
          onPress={onClose}
        />
      </div>
      <div className={styles.body}>
        <Why run={run} task={task} now={now} />
        {[...attempts].reverse().map((attempt, index) => (
          <AttemptLadder
            key={attempt?.uid ?? task.id}
            run={run}
            task={task}
            attempt={attempt}
            number={attempts.length - index}
            span={forecast?.spans.find(span => span.task === task.id)}
            now={now}
          />
        ))}
        <TaskFacts task={task} forecast={forecast} />
      </div>
      <div className={styles.foot}>
        <Button
          size="small"
          variant="secondary"
          onPress={() => {
            select(task.id, 'only');
            if (onShowLog) {
              onShowLog();
              onClose();
            }
          }}
        >
          {t('task.log')}
        </Button>
        {run.engine === 'kubernetes' && place && (
          <CopyCommand command={`kubectl describe pod ${place}`} />
        )}
        {moment !== 'past' && <BreakTask runId={run.id} task={task} />}
      </div>
    </aside>
  );
}

/** The reason in one sentence, what the platform says, and what to do. */
function Why(props: {
  readonly run: Run;
  readonly task: Task;
  readonly now: number;
}) {
  const { run, task, now } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const diagnosis = diagnose(run, task, now);
  if (!diagnosis) {
    return null;
  }
  const isFailed = task.phase === 'failed';
  const isOver = isFailed || run.finishedAt !== undefined;
  return (
    <section
      className={`${styles.why} ${phaseClass(isFailed ? 'failed' : 'blocked')}`}
    >
      <h4 className={styles.question}>
        {isOver ? t('task.whatHappened') : t('task.why')}
      </h4>
      <p className={styles.sentence}>{diagnosis.sentence}</p>
      {diagnosis.evidence && (
        <p className={styles.evidence}>
          {t('what.evidence', { evidence: diagnosis.evidence })}
        </p>
      )}
      <p className={styles.advice}>
        <strong>{t('task.todo')}</strong> {diagnosis.advice}
      </p>
    </section>
  );
}

/** Takes the focus from who opened it, closes at Escape, and gives the focus back. */
function useFocusOf(onClose: () => void) {
  const ref = useRef<HTMLElement>(null);
  const latest = useRef(onClose);
  latest.current = onClose;
  useEffect(() => {
    const drawer = ref.current;
    const before = document.activeElement;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) {
        event.preventDefault();
        latest.current();
      }
    };
    drawer?.addEventListener('keydown', onKey);
    drawer?.focus({ preventScroll: true });
    return () => {
      drawer?.removeEventListener('keydown', onKey);
      if (before instanceof HTMLElement || before instanceof SVGElement) {
        before.focus({ preventScroll: true });
      }
    };
  }, []);
  return ref;
}

function stateOf(t: Words, look: TaskLook, task: Task, now: number): string {
  const attempt = task.attempts[task.attempts.length - 1];
  if (task.phase === 'waiting' && attempt) {
    const since = attempt.waitingAt ?? attempt.createdAt;
    return t('task.waits', { duration: formatDuration((now - since) / 1000) });
  }
  if (look.seconds === undefined) {
    return t(`phase.task.${look.word}`);
  }
  const duration = formatDuration(look.seconds);
  switch (look.word) {
    case 'running':
      return t('task.runs', { duration });
    case 'starting':
      return t('task.starts', { duration });
    case 'stuck':
      return t('task.stuck', { duration });
    default:
      return t('task.took', { duration });
  }
}
