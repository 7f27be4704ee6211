import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import {
  pipelineDemoRunCancelPermission,
  type Task,
} from 'backstage-plugin-pipeline-demo-common';
import { useState } from 'react';
import { useBreakOffered } from '../state/useBreakOffered';
import { useRight } from '../state/useRight';
import { useBreakTask } from '../state/useRunCommands';
import { pipelineDemoTranslationRef } from '../translation';
import { DangerDialog } from './DangerDialog';
import { Restricted } from './Restricted';
import { neededRight } from './wording';

/** Kills a running task after one question, where the portal offers it; else nothing. */
export function BreakTask(props: {
  readonly runId: string;
  readonly task: Task;
}) {
  const { runId, task } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const offered = useBreakOffered();
  const right = useRight(pipelineDemoRunCancelPermission);
  const breaking = useBreakTask(runId, task.id);
  const [asking, setAsking] = useState(false);
  if (!offered || (task.phase !== 'running' && !asking)) {
    return null;
  }
  const onBreak = async () => {
    if (await breaking.give()) {
      setAsking(false);
    }
  };
  return (
    <>
      <Restricted
        reason={neededRight(t, right, pipelineDemoRunCancelPermission)}
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
      <DangerDialog
        isOpen={asking}
        onOpenChange={setAsking}
        title={t('breakTask.title', { task: task.id })}
        text={[t('breakTask.text'), t('breakTask.after')]}
        error={
          breaking.error &&
          t('breakTask.failed', {
            task: task.id,
            message: breaking.error.message,
          })
        }
        keep={t('breakTask.keep')}
        confirm={t('breakTask.confirm')}
        isPending={breaking.pending}
        onConfirm={() => void onBreak()}
      />
    </>
  );
}
