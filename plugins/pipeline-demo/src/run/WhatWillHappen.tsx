import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { pipelineDemoTranslationRef } from '../translation';
import { Panel } from './Panel';
import styles from './WhatWillHappen.module.css';

const STEPS = ['scatter', 'gather', 'live'] as const;

/** For a first visit: three sentences. */
export function WhatWillHappen() {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  return (
    <Panel className={styles.panel} title={t('intro.title')}>
      <ol className={styles.steps}>
        {STEPS.map((step, index) => (
          <li key={step} className={styles.step}>
            <span className={styles.number} aria-hidden="true">
              {index + 1}
            </span>
            <div>
              <strong>{t(`intro.${step}.title`)}</strong>
              <p className={styles.text}>{t(`intro.${step}.text`)}</p>
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
