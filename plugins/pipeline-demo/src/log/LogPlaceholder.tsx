import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { isEnded } from 'backstage-plugin-pipeline-demo-common';
import type { Run } from 'backstage-plugin-pipeline-demo-common';
import { pipelineDemoTranslationRef } from '../translation';
import styles from './LogPane.module.css';

/** Widths of the lines of a log that is being loaded, in percent. */
const SKELETON = [42, 58, 35, 50, 64, 38];

/** What stands where lines will be. */
export function LogPlaceholder(props: {
  readonly run?: Run;
  /** There are lines, but none of the selected tasks. */
  readonly isNarrowed: boolean;
}) {
  const { run, isNarrowed } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  if (!run) {
    return (
      <div className={styles.skeleton} aria-label={t('log.loading')} role="img">
        {SKELETON.map(width => (
          <span key={width} style={{ width: `${width}%` }} />
        ))}
      </div>
    );
  }
  const words = () => {
    if (isNarrowed) {
      return t('log.empty.tasks');
    }
    return isEnded(run.phase) ? t('log.empty.none') : t('log.empty.waiting');
  };
  return <p className={styles.empty}>{words()}</p>;
}
