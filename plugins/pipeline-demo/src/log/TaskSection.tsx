import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import type { LogTask, Run } from 'backstage-plugin-pipeline-demo-common';
import { PhaseIcon } from '../run/Phase';
import { lookOf } from '../run/taskLook';
import { useOpenTask } from '../state/useOpenTask';
import { pipelineDemoTranslationRef } from '../translation';
import styles from './TaskSection.module.css';

/** Over the lines of the one task that is chosen: whose they are. */
export function TaskSection(props: {
  readonly run: Run;
  readonly id: LogTask;
}) {
  const { run, id } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const [, setOpen] = useOpenTask();
  const task = run.tasks.find(one => one.id === id);
  if (!task) {
    return null;
  }
  // Its duration would run on here, too: the drawings have it.
  const { phase, word } = lookOf(run, task, run.createdAt);
  const place = task.attempts[task.attempts.length - 1]?.place;
  return (
    <div className={styles.section}>
      <PhaseIcon phase={phase} size={14} />
      <b>{id}</b>
      <span className={styles.quiet}>{t(`phase.task.${word}`)}</span>
      <span className={styles.quiet}>{place}</span>
      <Button
        className={styles.open}
        size="small"
        variant="tertiary"
        onPress={() => setOpen(task.id)}
      >
        {t('log.section.details')}
      </Button>
    </div>
  );
}
