import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { pipelineDemoTranslationRef } from '../translation';
import { PhaseIcon } from './Phase';
import styles from './RegionError.module.css';

/** What went wrong in one region, and a way to try again. */
export function RegionError(props: { readonly error: Error; onRetry(): void }) {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  return (
    <div className={styles.error} role="alert">
      <PhaseIcon phase="blocked" />
      <span className={styles.message}>
        {t('error.region', { message: props.error.message })}
      </span>
      <Button size="small" variant="secondary" onPress={props.onRetry}>
        {t('error.retry')}
      </Button>
    </div>
  );
}
