import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import {
  diagnoseRun,
  type LogTask,
  type Run,
  type Task,
} from 'backstage-plugin-pipeline-demo-common';
import { useLogBuffer } from '../state/useRunSession';
import { useTaskSelection } from '../state/useTaskSelection';
import { pipelineDemoTranslationRef } from '../translation';
import { PhaseIcon, phaseClass } from './Phase';
import { attemptSeconds } from './taskLook';
import { LastLines } from './LastLines';
import styles from './WhatHappened.module.css';
import { clockText, type Words } from './wording';

/** Why there is no result: the reason, the first task that failed, its last words. */
export function WhatHappened(props: { readonly run: Run }) {
  const { run } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const diagnosis = diagnoseRun(run);
  const failed = run.tasks.find(task => task.phase === 'failed');
  const phase = run.outcome?.type === 'failed' ? 'failed' : 'blocked';
  return (
    <div className={styles.what}>
      <div className={`${styles.reason} ${phaseClass(phase)}`}>
        <PhaseIcon phase={phase} size={20} />
        <div className={styles.words}>
          <h4 className={styles.sentence}>
            {diagnosis?.sentence ?? run.reportProblem}
          </h4>
          {diagnosis && <p className={styles.advice}>{diagnosis.advice}</p>}
          {diagnosis?.evidence && (
            <p className={styles.evidence}>
              {t('what.evidence', { evidence: diagnosis.evidence })}
            </p>
          )}
        </div>
      </div>
      {failed && <Facts task={failed} />}
      <Quotation task={failed?.id ?? 'driver'} />
    </div>
  );
}

function Facts(props: { readonly task: Task }) {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  return (
    <dl className={styles.facts}>
      {factsOf(t, props.task).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function factsOf(t: Words, task: Task): [string, string][] {
  const attempt = task.attempts[task.attempts.length - 1];
  if (!attempt) {
    return [];
  }
  const seconds = attemptSeconds(attempt, attempt.endedAt ?? 0);
  const facts: [string, string | undefined][] = [
    [t('what.exit'), attempt.exitCode?.toString()],
    [t('what.signal'), attempt.signal],
    [
      t('what.attempt'),
      t('what.attemptOf', {
        number: task.attempts.length,
        total: task.attempts.length,
      }),
    ],
    [t('what.where'), attempt.place],
    [
      t('what.ended'),
      attempt.endedAt === undefined ? undefined : clockText(attempt.endedAt),
    ],
    [
      t('what.after'),
      seconds === undefined ? undefined : t('what.seconds', { seconds }),
    ],
  ];
  return facts.flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
}

function Quotation(props: { readonly task: LogTask }) {
  const { task } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const { select } = useTaskSelection();
  const buffer = useLogBuffer();
  return (
    <section className={styles.quotation}>
      <div className={styles.head}>
        <h4 className={styles.title}>{t('what.lastLines', { task })}</h4>
        <Button
          className={styles.open}
          variant="tertiary"
          onPress={() => select(task, 'only')}
        >
          {t('what.openLog')}
        </Button>
      </div>
      <LastLines buffer={buffer} task={task} />
    </section>
  );
}
