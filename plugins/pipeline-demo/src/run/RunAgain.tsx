import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import {
  pipelineDemoRunStartPermission,
  type Run,
} from 'backstage-plugin-pipeline-demo-common';
import { useRight } from '../state/useRight';
import { useStartRun } from '../state/useRunCommands';
import { pipelineDemoTranslationRef } from '../translation';
import { Icon } from './icons';
import { Restricted } from './Restricted';
import { useGoToStarted } from './useGoToStarted';
import { neededRight } from './wording';

/** Starts a run like this one, and goes there. */
export function RunAgain(props: {
  readonly run: Run;
  /** Whether the button says with how many batches. */
  readonly words?: 'short';
}) {
  const { run, words } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const right = useRight(pipelineDemoRunStartPermission);
  const start = useStartRun(run.entityRef);
  const goTo = useGoToStarted();
  const onStart = async () => {
    const started = await start.give(run.batchCount);
    if (started) {
      goTo(started, run.batchCount);
    }
  };
  return (
    <Restricted
      reason={
        neededRight(t, right, pipelineDemoRunStartPermission) ??
        (start.error && t('start.failed', { message: start.error.message }))
      }
    >
      <Button
        variant="secondary"
        iconStart={<Icon name="again" />}
        isPending={start.pending}
        isDisabled={right === 'denied'}
        onPress={() => void onStart()}
      >
        {words === 'short'
          ? t('narrow.runAgain')
          : t('header.runAgain', { count: run.batchCount })}
      </Button>
    </Restricted>
  );
}
