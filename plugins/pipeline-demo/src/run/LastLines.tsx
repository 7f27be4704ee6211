import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { LogLine, LogTask } from 'backstage-plugin-pipeline-demo-common';
import type { LogBuffer } from '../state/LogBuffer';
import { pipelineDemoTranslationRef } from '../translation';
import styles from './LastLines.module.css';

const QUOTED_LINES = 20;
/** How far back from a task's last line to look for the others. */
const LOOK_BACK_LINES = 2_000;

/** What is longer than its box has to be reached by the keyboard. */
const SCROLLED_BY_KEYS = { tabIndex: 0 } as const;

/** The last lines of a task, quoted. */
export function LastLines(props: {
  readonly buffer: LogBuffer;
  readonly task: LogTask;
}) {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const lines = lastLines(props.buffer, props.task);
  if (lines.length === 0) {
    return <p className={styles.none}>{t('what.noLines')}</p>;
  }
  return (
    <div
      className={styles.quote}
      role="group"
      aria-label={t('what.quote')}
      {...SCROLLED_BY_KEYS}
    >
      <ol className={styles.lines} aria-label={t('what.quote')}>
        {lines.map(line => (
          <li key={line.line}>
            <span className={styles.number}>{line.line.toLocaleString()}</span>
            {plainText(line.text)}
          </li>
        ))}
      </ol>
    </div>
  );
}

function lastLines(buffer: LogBuffer, task: LogTask): LogLine[] {
  const to = buffer.lastLineOf(task);
  if (to === undefined) {
    return [];
  }
  const numbers: number[] = [];
  buffer.collect(
    new Set([task]),
    { from: Math.max(1, to - LOOK_BACK_LINES), to },
    numbers,
  );
  return numbers
    .slice(-QUOTED_LINES)
    .flatMap(number => buffer.line(number) ?? []);
}

/** The text as it stands in the end: without colours, and after all overwriting. */
function plainText(text: string): string {
  return text.replace(/\r+$/, '').replace(/^.*\r/, '').replace(ESCAPES, '');
}

const ESCAPES = new RegExp(
  `${String.fromCharCode(27)}\\[[0-9;?]*[A-Za-z]`,
  'g',
);
