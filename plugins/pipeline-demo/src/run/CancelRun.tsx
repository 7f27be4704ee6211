import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import {
  countTasks,
  pipelineDemoRunCancelPermission,
  type Run,
} from 'backstage-plugin-pipeline-demo-common';
import { useState } from 'react';
import { useKeys } from '../state/useKeys';
import { useRight } from '../state/useRight';
import { useCancelRun } from '../state/useRunCommands';
import { pipelineDemoTranslationRef } from '../translation';
import styles from './CancelRun.module.css';
import { DangerDialog } from './DangerDialog';
import { Icon } from './icons';
import { Restricted } from './Restricted';
import { neededRight } from './wording';

/** Cancels after one question, which says what will be removed. */
export function CancelRun(props: { readonly run: Run }) {
  const { run } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const right = useRight(pipelineDemoRunCancelPermission);
  const cancel = useCancelRun(run.id);
  const [asking, setAsking] = useState(false);
  const consequence = useConsequence(run);
  const mayAsk = right === 'granted' && run.phase !== 'cancelling';
  useKeys({ c: () => setAsking(mayAsk) });

  if (run.phase === 'cancelling') {
    const left = run.objectsLeft?.length;
    return (
      <Button
        className={styles.button}
        variant="secondary"
        iconStart={<Icon name="stop" />}
        isDisabled
      >
        {left === undefined
          ? t('cancel.cancelling')
          : t('cancel.cancellingLeft', { left })}
      </Button>
    );
  }
  const onCancel = async () => {
    if (await cancel.give()) {
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
          iconStart={<Icon name="stop" />}
          isDisabled={right === 'denied'}
          onPress={() => setAsking(true)}
        >
          {t('cancel.run')}
        </Button>
      </Restricted>
      <DangerDialog
        isOpen={asking}
        onOpenChange={setAsking}
        title={t('cancel.title', { run: run.id })}
        text={[consequence, t('cancel.kept')]}
        error={
          cancel.error && t('cancel.failed', { message: cancel.error.message })
        }
        keep={t('cancel.keep')}
        confirm={t('cancel.confirm')}
        isPending={cancel.pending}
        onConfirm={() => void onCancel()}
      />
    </>
  );
}

/** What will be removed, in the words of the engine. */
function useConsequence(run: Run): string {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const { running, starting, waiting, planned } = countTasks(run);
  const count = running + starting;
  const notRun = planned + waiting;
  return `${t(`cancel.removes.${run.engine}`, { count })} ${t('cancel.notRun', {
    count: notRun,
  })}`;
}
