import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Forecast, Task } from 'backstage-plugin-pipeline-demo-common';
import { pipelineDemoTranslationRef } from '../translation';
import { formatGib } from './amounts';
import styles from './TaskFacts.module.css';
import type { Words } from './wording';

/** What a task asks for, where it is, and how it ended. */
export function TaskFacts(props: {
  readonly task: Task;
  readonly forecast?: Forecast;
}) {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const facts = factsOf(t, props.task, props.forecast);
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function factsOf(
  t: Words,
  task: Task,
  forecast: Forecast | undefined,
): (readonly [string, string])[] {
  const attempt = task.attempts[task.attempts.length - 1];
  // Tasks of a laptop take a slot, not a part of a quota.
  const asks = forecast?.engine === 'kubernetes' ? forecast.worker : undefined;
  const all: readonly (readonly [string, string | undefined])[] = [
    [t('task.fact.cpu'), asks && t('task.fact.cpuValue', { count: asks.cpu })],
    [
      t('task.fact.memory'),
      asks && t('task.fact.memoryValue', { amount: formatGib(asks.memory) }),
    ],
    [t('task.fact.node'), attempt?.node],
    [t('task.fact.exit'), attempt?.exitCode?.toString()],
    [t('task.fact.signal'), attempt?.signal],
    [
      t('task.fact.outOfMemory'),
      attempt?.outOfMemory ? t('task.fact.yes') : undefined,
    ],
  ];
  return all.flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
}
