import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { formatDuration } from 'backstage-plugin-pipeline-demo-common';
import { clockText } from '../run/wording';
import { useNow } from '../state/useNow';
import { useRunPart } from '../state/useRunSession';
import { pipelineDemoTranslationRef } from '../translation';
import styles from './ConnectionNote.module.css';

/** A short interruption needs no words. */
const SHOWN_AFTER_MS = 10_000;
const TICK_MS = 1_000;
const MS_PER_SECOND = 1_000;

/** Below the log, when the connection has been lost for a while. */
export function ConnectionNote() {
  const connection = useRunPart(state => state.connection);
  const retryNow = useRunPart(state => state.retryNow);
  return connection.type === 'reconnecting' ? (
    <LostNote since={connection.since} onRetry={retryNow} />
  ) : null;
}

function LostNote(props: { readonly since: number; onRetry(): void }) {
  const { since, onRetry } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const away = useNow(TICK_MS) - since;
  if (away < SHOWN_AFTER_MS) {
    return null;
  }
  return (
    <div className={styles.note}>
      <svg
        className={styles.icon}
        width="16"
        height="16"
        viewBox="0 0 24 24"
        aria-hidden="true"
      >
        <path d="M2 9a15 15 0 0 1 20 0M5.5 12.5a10 10 0 0 1 13 0M9 16a5 5 0 0 1 6 0M12 19.5h.01" />
      </svg>
      <span className={styles.text}>
        <strong>
          {t('log.lost.title', {
            duration: formatDuration(away / MS_PER_SECOND),
          })}
        </strong>{' '}
        {t('log.lost.text', { time: clockText(since) })}
      </span>
      <Button size="small" variant="secondary" onPress={onRetry}>
        {t('log.lost.retry')}
      </Button>
    </div>
  );
}
