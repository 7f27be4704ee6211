import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { useEffect, useState } from 'react';
import { useKeys } from '../state/useKeys';
import { pipelineDemoTranslationRef } from '../translation';
import { copyText } from './copyText';
import styles from './CopyLink.module.css';
import { Icon } from './icons';

/** How long the button says that it has worked. */
const CONFIRM_MS = 2_000;

type Outcome = 'idle' | 'copied' | 'refused';

/** Copies the page's address, with the selection in it. */
export function CopyLink() {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const [outcome, setOutcome] = useState<Outcome>('idle');
  useEffect(() => {
    if (outcome === 'idle') {
      return undefined;
    }
    const timer = setTimeout(() => setOutcome('idle'), CONFIRM_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = () =>
    void copyText(window.location.href).then(
      () => setOutcome('copied'),
      () => setOutcome('refused'),
    );
  useKeys({ y: copy });
  return (
    <Button
      className={styles.button}
      variant="tertiary"
      iconStart={<Icon name={outcome === 'copied' ? 'check' : 'link'} />}
      onPress={copy}
    >
      <span aria-live="polite">{t(`header.link.${outcome}`)}</span>
    </Button>
  );
}
