import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonLink, Card } from '@backstage/ui';
import type { RunView } from 'backstage-plugin-pipeline-demo-common';
import { runRouteRef } from '../routes';
import { pipelineDemoTranslationRef } from '../translation';
import styles from './ActiveRun.module.css';
import { PhaseIcon, shownPhase } from './Phase';
import { shortName } from './wording';

/** A run is active: which, how far, and the way there. */
export function ActiveRun(props: { readonly run: RunView }) {
  const { run } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const runPath = useRouteRef(runRouteRef);
  return (
    <Card
      className={styles.active}
      role="region"
      aria-label={t('active.label')}
    >
      <PhaseIcon phase={shownPhase(run)} size={20} />
      <span className={styles.text}>
        <strong>
          {t('active.text', { run: run.id, percent: run.progress })}
        </strong>
        {' · '}
        <span className={styles.quiet}>
          {t('active.facts', {
            count: run.batchCount,
            name: shortName(run.createdBy),
          })}
        </span>
      </span>
      <ButtonLink variant="secondary" href={runPath?.({ runId: run.id })}>
        {t('active.watch')}
      </ButtonLink>
    </Card>
  );
}
