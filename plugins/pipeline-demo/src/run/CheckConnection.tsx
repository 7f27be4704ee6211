import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Skeleton,
} from '@backstage/ui';
import type {
  Check,
  EngineCheckView,
} from 'backstage-plugin-pipeline-demo-common';
import { useState } from 'react';
import { useCheckEngine } from '../state/useRunCommands';
import { pipelineDemoTranslationRef } from '../translation';
import styles from './CheckConnection.module.css';

/** Looks at all that runs stand on, and says of each what is wrong and how to mend it. */
export function CheckConnection() {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const check = useCheckEngine();
  const [isOpen, setOpen] = useState(false);
  const [found, setFound] = useState<EngineCheckView>();
  const look = async () => {
    setFound(undefined);
    setFound(await check.give());
  };
  const open = () => {
    setOpen(true);
    void look();
  };
  return (
    <>
      <Button variant="tertiary" size="small" onPress={open}>
        {t('check.button')}
      </Button>
      <Dialog isOpen={isOpen} onOpenChange={setOpen} isDismissable>
        <DialogHeader>{t('check.title')}</DialogHeader>
        <DialogBody>
          <div aria-live="polite" aria-busy={check.pending}>
            {check.error && (
              <p className={styles.error} role="alert">
                {t('check.failed', { message: check.error.message })}
              </p>
            )}
            {check.pending && <Skeleton width="100%" height={240} />}
            {found && <Checks checks={found.checks} />}
          </div>
        </DialogBody>
        <DialogFooter>
          <Button
            variant="secondary"
            isPending={check.pending}
            onPress={() => void look()}
          >
            {t('check.again')}
          </Button>
        </DialogFooter>
      </Dialog>
    </>
  );
}

function Checks(props: { readonly checks: readonly Check[] }) {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  return (
    <ul className={styles.checks}>
      {props.checks.map(({ id, title, status, sentence, repair }) => (
        <li key={id} className={styles.check}>
          <span className={styles.status} data-status={status}>
            {t(`check.status.${status}`)}
          </span>
          <div>
            <strong>{title}</strong>
            <p>{sentence}</p>
            {repair && (
              <p className={styles.repair}>{t('check.repair', { repair })}</p>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
