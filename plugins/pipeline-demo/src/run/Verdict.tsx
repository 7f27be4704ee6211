import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Forecast } from 'backstage-plugin-pipeline-demo-common';
import { pipelineDemoTranslationRef } from '../translation';
import { Icon } from './icons';
import { PhaseIcon, phaseClass } from './Phase';
import styles from './Verdict.module.css';

/** Whether the run fits, in words. */
export function Verdict(props: { readonly forecast: Forecast }) {
  const { verdict, reason } = props.forecast;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  return (
    <p className={styles.verdict} data-verdict={verdict}>
      {verdict === 'cannot-fit' ? (
        <PhaseIcon phase="failed" />
      ) : (
        <span className={`${styles.tick} ${phaseClass('succeeded')}`}>
          <Icon name="check" />
        </span>
      )}
      <span>
        <strong>{t(`verdict.${verdict}`)}</strong>{' '}
        <span className={styles.reason}>{reason}</span>
      </span>
    </p>
  );
}
