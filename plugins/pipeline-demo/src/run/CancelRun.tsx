import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
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
import { Icon } from './icons';
import { Restricted } from './Restricted';

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
          iconStart={<Icon name="stop" />}
          isDisabled={right === 'denied'}
          onPress={() => setAsking(true)}
        >
          {t('cancel.run')}
        </Button>
      </Restricted>
      <Dialog isOpen={asking} onOpenChange={setAsking} isDismissable>
        <DialogHeader>{t('cancel.title', { run: run.id })}</DialogHeader>
        <DialogBody>
          <p className={styles.text}>{consequence}</p>
          <p className={styles.text}>{t('cancel.kept')}</p>
          {cancel.error && (
            <p className={styles.error} role="alert">
              {t('cancel.failed', { message: cancel.error.message })}
            </p>
          )}
        </DialogBody>
        <DialogFooter>
          <Button variant="secondary" onPress={() => setAsking(false)}>
            {t('cancel.keep')}
          </Button>
          <Button
            className={styles.confirm}
            variant="primary"
            destructive
            isPending={cancel.pending}
            onPress={() => void onCancel()}
          >
            {t('cancel.confirm')}
          </Button>
        </DialogFooter>
      </Dialog>
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
