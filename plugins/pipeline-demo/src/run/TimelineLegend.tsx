import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { pipelineDemoTranslationRef } from '../translation';
import styles from './TimelineLegend.module.css';

const KINDS = ['waits', 'starts', 'runs', 'forecast'] as const;

/** What the bars of the timeline mean. */
export function TimelineLegend() {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  return (
    <ul className={styles.legend}>
      {KINDS.map(kind => (
        <li key={kind}>
          <i className={styles[kind]} aria-hidden="true" />
          {t(`timeline.${kind}`)}
        </li>
      ))}
    </ul>
  );
}
