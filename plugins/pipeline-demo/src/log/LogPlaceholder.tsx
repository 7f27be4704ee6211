import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  diagnose,
  diagnoseDriver,
  isEnded,
} from 'backstage-plugin-pipeline-demo-common';
import type { Run } from 'backstage-plugin-pipeline-demo-common';
import { useNow } from '../state/useNow';
import { useRunState } from '../state/useRunSession';
import { pipelineDemoTranslationRef } from '../translation';
import styles from './LogPane.module.css';

const TICK_MS = 1_000;
/** Widths of the lines of a log that is being loaded, in percent. */
const SKELETON = [42, 58, 35, 50, 64, 38];

/** Why none of the lines is shown. */
export type NarrowedTo = 'tasks' | 'matches' | 'matchesSoFar';

/** What stands where lines will be. */
export function LogPlaceholder(props: {
  readonly run?: Run;
  /** There are lines, but none that is wanted. */
  readonly narrowed?: NarrowedTo;
}) {
  const { run, narrowed } = props;
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
    switch (narrowed) {
      case 'tasks':
        return t('log.empty.tasks');
      case 'matches':
        return t('log.matches.none');
      case 'matchesSoFar':
        return t('log.matches.looking');
      default:
        return isEnded(run.phase)
          ? t('log.empty.none')
          : t('log.empty.waiting');
    }
  };
  return (
    <div className={styles.empty}>
      <p>{words()}</p>
      {!narrowed && !isEnded(run.phase) && <WhyNothing run={run} />}
    </div>
  );
}

/** What the driver waits for, or the first task, once that has taken a while. */
function WhyNothing(props: { readonly run: Run }) {
  const { run } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const { clockOffsetMs } = useRunState();
  const now = useNow(TICK_MS) + clockOffsetMs;
  const diagnosis =
    diagnoseDriver(run, now) ?? diagnose(run, run.tasks[0], now);
  return diagnosis ? (
    <>
      <p className={styles.why}>
        {diagnosis.sentence} {diagnosis.advice}
      </p>
      {diagnosis.evidence && (
        <p className={styles.why}>
          {t('what.evidence', { evidence: diagnosis.evidence })}
        </p>
      )}
    </>
  ) : null;
}
