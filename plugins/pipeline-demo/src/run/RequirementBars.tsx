import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { PreviewView } from 'backstage-plugin-pipeline-demo-common';
import { pipelineDemoTranslationRef } from '../translation';
import styles from './RequirementBars.module.css';
import { ResourceBars } from './ResourceBars';

/**
 * What a run will need where it runs; for an engine that only counts slots,
 * also what it would need on Kubernetes.
 */
export function RequirementBars(props: { readonly preview: PreviewView }) {
  const { preview } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const elsewhere = preview.kubernetes;
  if (!elsewhere) {
    return <ResourceBars forecast={preview} />;
  }
  return (
    <section className={styles.elsewhere} aria-label={t('start.onKubernetes')}>
      <h4 className={styles.title}>{t('start.onKubernetes')}</h4>
      <ResourceBars forecast={elsewhere} />
      <p className={styles.sentence}>
        <strong>{t(`verdict.${elsewhere.verdict}`)}</strong> {elsewhere.reason}
      </p>
    </section>
  );
}
