import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { formatDuration } from 'backstage-plugin-pipeline-demo-common';
import { PhaseIcon, phaseClass } from '../run/Phase';
import type { PhaseName } from '../run/Phase';
import { clockText } from '../run/wording';
import type { Words } from '../run/wording';
import { pipelineDemoTranslationRef } from '../translation';
import { timeText } from './format';
import styles from './SystemRowView.module.css';
import type { SystemRow } from './systemRows';

const ICON_PX = 12;

/** A row that no task wrote: how a task or the run ended, and what was lost. */
export function SystemRowView(props: { readonly row: SystemRow }) {
  const { row } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const phase = phaseOf(row);
  // A success needs no wash: green all over would be loud.
  const wash =
    phase === 'succeeded' || phase === 'cancelled' || phase === 'planned';
  return (
    <div
      className={`${styles.row} ${phaseClass(phase)} ${
        wash ? '' : styles.wash
      }`}
      data-system={row.type}
    >
      <time className={styles.time} dateTime={new Date(row.at).toISOString()}>
        {timeText(row.at)}
      </time>
      <span className={styles.text}>
        <PhaseIcon phase={phase} size={ICON_PX} />
        {sentence(t, row)}
      </span>
    </div>
  );
}

function phaseOf(row: SystemRow): PhaseName {
  switch (row.type) {
    case 'gap':
      return 'blocked';
    case 'takenOver':
      return 'planned';
    default:
      return row.phase;
  }
}

function sentence(t: Words, row: SystemRow): string {
  switch (row.type) {
    case 'taskEnded':
      return endOfTask(t, row);
    case 'takenOver':
      return t('log.system.takenOver');
    case 'gap': {
      const { task, from, to, reason } = row.gap;
      return t('log.system.gap', {
        task,
        from: clockText(from),
        to: clockText(to),
        reason,
      });
    }
    case 'runEnded': {
      const duration = formatDuration(row.seconds);
      switch (row.phase) {
        case 'failed':
          return t('log.system.run.failed', {
            duration,
            message: row.message ?? '',
          });
        case 'cancelled':
          return t('log.system.run.cancelled', { duration });
        case 'succeeded':
          return t('log.system.run.succeeded', { duration });
        default:
          return unknownRow(row.phase);
      }
    }
    default:
      return unknownRow(row);
  }
}

function endOfTask(
  t: Words,
  row: Extract<SystemRow, { type: 'taskEnded' }>,
): string {
  const { task, phase, seconds, exitCode, signal, outOfMemory } = row;
  const duration = formatDuration(seconds);
  const code = String(exitCode ?? '?');
  switch (phase) {
    case 'succeeded':
      return t('log.system.finished', { task, code, duration });
    case 'cancelled':
      return t('log.system.stopped', { task, duration });
    case 'failed':
      if (outOfMemory) {
        return t('log.system.outOfMemory', { task, duration });
      }
      return signal
        ? t('log.system.killed', { task, signal, duration })
        : t('log.system.failed', { task, code, duration });
    default:
      return unknownRow(phase);
  }
}

function unknownRow(row: never): never {
  throw new Error(`Unknown row: ${JSON.stringify(row)}`);
}
