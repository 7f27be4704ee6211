import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { pipelineDemoTranslationRef } from '../translation';
import styles from './TaskSection.module.css';
import { ToolbarToggle } from './ToolbarToggle';
import { LINES_AROUND } from './useOnlyMatches';
import type { OnlyMatches } from './useOnlyMatches';

/** Over the lines, while matches alone are shown: how many are not, and the way back. */
export function MatchSection(props: { readonly matches: OnlyMatches }) {
  const { hidden, by } = props.matches;
  const { isAround, toggle, toggleAround } = by;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  return (
    <div
      className={styles.section}
      role="group"
      aria-label={t('log.matches.only')}
    >
      <b className={styles.switched}>{t('log.matches.only')}</b>
      <span className={styles.quiet}>
        {t('log.matches.hidden', { count: hidden })}
      </span>
      <ToolbarToggle
        label={t('log.matches.aroundLabel', { count: LINES_AROUND })}
        isOn={isAround}
        onToggle={toggleAround}
      >
        {t('log.matches.around', { count: LINES_AROUND })}
      </ToolbarToggle>
      <Button
        className={styles.open}
        size="small"
        variant="tertiary"
        onPress={toggle}
      >
        {t('log.matches.all')}
      </Button>
    </div>
  );
}
