import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import {
  pipelineDemoRunCancelPermission,
  type Task,
} from 'backstage-plugin-pipeline-demo-common';
import { useState } from 'react';
import { useBreakOffered } from '../state/useBreakOffered';
import { useRight } from '../state/useRight';
import { useBreakTask } from '../state/useRunCommands';
import { pipelineDemoTranslationRef } from '../translation';
import styles from './BreakTask.module.css';
import { Restricted } from './Restricted';

/** Kills a running task after one question, where the portal offers it; else nothing. */
export function BreakTask(props: {
  readonly runId: string;
  readonly task: Task;
}) {
  const { runId, task } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const offered = useBreakOffered();
  const right = useRight(pipelineDemoRunCancelPermission);
  const [asking, setAsking] = useState(false);
  if (!offered || (task.phase !== 'running' && !asking)) {
    return null;
  }
  return (
    <>
      <Restricted
        reason={
          right === 'denied'
            ? t('permission.needed', {
                permission: pipelineDemoRunCancelPermission.name,
              })
            : undefined
        }
      >
        <Button
          variant="secondary"
          size="small"
          isDisabled={right === 'denied'}
          onPress={() => setAsking(true)}
        >
          {t('breakTask.button')}
        </Button>
      </Restricted>
      <Dialog isOpen={asking} onOpenChange={setAsking} isDismissable>
        <Question runId={runId} task={task} onDone={() => setAsking(false)} />
      </Dialog>
    </>
  );
}

function Question(props: {
  readonly runId: string;
  readonly task: Task;
  onDone(): void;
}) {
  const { runId, task, onDone } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const breaking = useBreakTask(runId, task.id);
  const onBreak = async () => {
    if (await breaking.give()) {
      onDone();
    }
  };
  return (
    <>
      <DialogHeader>{t('breakTask.title', { task: task.id })}</DialogHeader>
      <DialogBody>
        <p className={styles.text}>{t('breakTask.text')}</p>
        <p className={styles.text}>{t('breakTask.after')}</p>
        {breaking.error && (
          <p className={styles.error} role="alert">
            {t('breakTask.failed', {
              task: task.id,
              message: breaking.error.message,
            })}
          </p>
        )}
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onDone}>
          {t('breakTask.keep')}
        </Button>
        <Button
          variant="primary"
          destructive
          isPending={breaking.pending}
          onPress={() => void onBreak()}
        >
          {t('breakTask.confirm')}
        </Button>
      </DialogFooter>
    </>
  );
}
