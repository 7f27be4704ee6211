import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { VisuallyHidden } from '@backstage/ui';
import { useEffect, useRef, useState } from 'react';
import { pipelineDemoTranslationRef } from '../translation';
import { LogIcon } from './LogIcon';
import styles from './NewLines.module.css';

/** Who listens to the page hears of new lines at most this often. */
const SPOKEN_EVERY_MS = 10_000;

/** How many lines have come below, and the way to them. */
export function NewLines(props: { readonly count: number; onFollow(): void }) {
  const { count, onFollow } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const spoken = useSpoken(count);
  return (
    <>
      {count > 0 && (
        <button type="button" className={styles.pill} onClick={onFollow}>
          <LogIcon name="new" size={12} />
          {t('log.newLines', { count })}
        </button>
      )}
      <VisuallyHidden role="status">
        {spoken > 0 && t('log.newLines', { count: spoken })}
      </VisuallyHidden>
    </>
  );
}

/** The count, standing still between two announcements. */
function useSpoken(count: number): number {
  const [spoken, setSpoken] = useState(0);
  const latest = useRef(count);
  latest.current = count;
  useEffect(() => {
    const timer = setInterval(() => setSpoken(latest.current), SPOKEN_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return spoken;
}
