import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { useOpenTask } from '../state/useOpenTask';
import { useTaskSelection } from '../state/useTaskSelection';
import { pipelineDemoTranslationRef } from '../translation';
import styles from './OpenDetails.module.css';

/** The way to the details of the one task that is chosen. */
export function OpenDetails() {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const { selected } = useTaskSelection();
  const [, setOpen] = useOpenTask();
  const [task, ...others] = selected;
  if (task === undefined || others.length > 0 || task === 'driver') {
    return null;
  }
  return (
    <Button
      className={styles.open}
      size="small"
      variant="tertiary"
      onPress={() => setOpen(task)}
    >
      {t('task.details', { task })}
    </Button>
  );
}
