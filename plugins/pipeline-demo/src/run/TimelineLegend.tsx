import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { pipelineDemoTranslationRef } from '../translation';
import styles from './TimelineLegend.module.css';

const KINDS = ['waits', 'starts', 'runs', 'forecast'] as const;

/** What the bars of the timeline mean. */
export function TimelineLegend(props: {
  /** Missing: it is live, or over. */
  readonly sight?: 'lost';
}) {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  return (
    <ul className={styles.legend}>
      {props.sight === 'lost' && (
        <li>
          <i className={styles.unseen} aria-hidden="true" />
          {t('timeline.unseen')}
        </li>
      )}
      {KINDS.map(kind => (
        <li key={kind}>
          <i className={styles[kind]} aria-hidden="true" />
          {t(`timeline.${kind}`)}
        </li>
      ))}
    </ul>
  );
}
