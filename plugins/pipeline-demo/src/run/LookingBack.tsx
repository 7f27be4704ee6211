import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  formatDuration,
  type Run,
} from 'backstage-plugin-pipeline-demo-common';
import type { Moment } from '../state/useMoment';
import { pipelineDemoTranslationRef } from '../translation';
import styles from './LookingBack.module.css';
import { secondsOf } from './timeSlider';

/** Says that what is below is not as it is now; else nothing. */
export function LookingBack(props: {
  /** As it is now. */
  readonly run: Run;
  readonly moment: Moment;
}) {
  const { run, moment } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  if (moment.error) {
    return (
      <p className={styles.looking} role="alert">
        {t('scrubber.failed', { message: moment.error.message })}
      </p>
    );
  }
  return moment.past ? (
    <p className={styles.looking}>
      {t('scrubber.looking', {
        time: formatDuration(secondsOf(run, moment.past.at)),
        total: formatDuration(secondsOf(run, moment.end)),
      })}
    </p>
  ) : null;
}
