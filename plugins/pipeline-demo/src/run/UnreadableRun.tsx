import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { pipelineDemoTranslationRef } from '../translation';
import { Notice } from './Notice';

/** The run could not be read, why, and a way to try again. */
export function UnreadableRun(props: {
  readonly runId: string;
  readonly message: string;
  onRetry(): void;
}) {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  return (
    <Notice
      phase="blocked"
      role="alert"
      title={t('error.run', { run: props.runId })}
      text={props.message}
    >
      <Button variant="secondary" onPress={props.onRetry}>
        {t('error.retry')}
      </Button>
    </Notice>
  );
}
