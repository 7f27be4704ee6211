import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Card, Skeleton } from '@backstage/ui';
import { pipelineDemoTranslationRef } from '../translation';
import regions from './RunRegions.module.css';
import styles from './RunSkeleton.module.css';

/** The frame of a run's page in its real sizes, before the run is known. */
export function RunSkeleton() {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  return (
    <>
      <div
        className={styles.header}
        role="status"
        aria-label={t('page.loading')}
      >
        <Skeleton width={320} height={24} />
      </div>
      <Card className={styles.progress}>
        <Skeleton width="100%" height={73} />
      </Card>
      <div className={`${regions.middle} ${styles.middle}`}>
        <Card className={styles.card}>
          <Skeleton width={80} height={20} />
          <Skeleton width="100%" className={styles.fill} />
        </Card>
        <Card className={styles.card}>
          <Skeleton width={80} height={20} />
          <Skeleton width="100%" className={styles.fill} />
        </Card>
      </div>
      <Card className={regions.log}>
        <Skeleton width="auto" className={styles.log} />
      </Card>
    </>
  );
}
