import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  formatDuration,
  isEnded,
  type Run,
} from 'backstage-plugin-pipeline-demo-common';
import { memo } from 'react';
import type { Moment } from '../state/useMoment';
import { pipelineDemoTranslationRef } from '../translation';
import { CancelRun } from './CancelRun';
import { CopyLink } from './CopyLink';
import { LookingBack } from './LookingBack';
import { PhaseIcon, phaseClass, shownPhase } from './Phase';
import { RunAgain } from './RunAgain';
import styles from './RunHeader.module.css';
import { RunMenu } from './RunMenu';
import { clockText, shortName, type Words } from './wording';

/** What runs, who started it when, and what can be done about it. */
export function RunHeader(props: {
  readonly run: Run;
  /** Epoch milliseconds of the run's clock. */
  readonly now: number;
  /** Missing: what is shown below is as it is now. */
  readonly moment?: Moment;
}) {
  const { run, now, moment } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const phase = shownPhase(run);
  return (
    <header className={styles.header}>
      <h2 className={`${styles.phase} ${phaseClass(phase)}`}>
        <PhaseIcon phase={phase} size={24} />
        {t(`phase.run.${phase}`)}
      </h2>
      <ul className={styles.facts}>
        <li className={styles.id}>{run.id}</li>
        {factsOf(t, run, now).map(fact => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
      {moment && <LookingBack run={run} moment={moment} />}
      <RunActions run={run} />
    </header>
  );
}

/** Buttons and menus are dear to draw, and the clock of a run ticks. */
const RunActions = memo((props: { readonly run: Run }) => {
  const { run } = props;
  return (
    <div className={styles.actions}>
      <CopyLink />
      {isEnded(run.phase) || run.phase === 'finishing' ? (
        <RunAgain run={run} />
      ) : (
        <CancelRun run={run} />
      )}
      <RunMenu run={run} />
    </div>
  );
});

/** What is queued has not started. */
function timeFact(t: Words, run: Run, now: number): string {
  if (run.phase === 'queued') {
    const seconds = (now - run.createdAt) / 1000;
    return t('header.queued', { duration: formatDuration(seconds) });
  }
  const from = clockText(run.createdAt);
  return run.finishedAt === undefined || run.phase === 'cancelling'
    ? t('header.started', { time: from })
    : t('header.fromTo', { from, to: clockText(run.finishedAt) });
}

function factsOf(t: Words, run: Run, now: number): string[] {
  return [
    t('header.batches', { count: run.batchCount }),
    t('header.by', { name: shortName(run.createdBy) }),
    timeFact(t, run, now),
    ...(run.cancelAskedBy
      ? [t('header.cancelAsked', { name: shortName(run.cancelAskedBy) })]
      : []),
    ...(run.phase === 'finishing'
      ? [t('header.cleaning', { count: run.objectsLeft?.length ?? 0 })]
      : []),
    t(`header.engine.${run.engine}`),
  ];
}
