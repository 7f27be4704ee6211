import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { LogLine, LogTask } from 'backstage-plugin-pipeline-demo-common';
import { memo, useMemo } from 'react';
import type { MouseEvent } from 'react';
import { pipelineDemoTranslationRef } from '../translation';
import { parseAnsi } from './ansi';
import { numberText, sizeText, timeText } from './format';
import styles from './LogRow.module.css';
import { lineHash } from './lineHash';
import { LinePiece } from './LinePiece';
import { textLinks } from './links';
import { pieces } from './pieces';
import type { MatchRange, Query } from './search';

/** A row of one line. */
export interface LogRowProps {
  /** Undefined while it is not loaded. */
  readonly line?: LogLine;
  readonly number: number;
  readonly query?: Query;
  /** The match that was gone to is in this line. */
  readonly current: boolean;
  /** The URL points here. */
  readonly linked: boolean;
  /** Its task is under the pointer somewhere on the page. */
  readonly hovered: boolean;
  /** The tasks whose names in the text are links; the same set at each rendering. */
  readonly tasks: ReadonlySet<LogTask>;
  /** Translated once for all rows: many come and go with each frame. */
  readonly words: RowWords;
  onLink(line: number, mode: 'only' | 'extend'): void;
  onTask(task: LogTask): void;
}

/** What a row says beside its line. */
export interface RowWords {
  readonly link: string;
  readonly task: string;
  readonly notRead: string;
}

const NO_MARKS: readonly MatchRange[] = [];

/** Number, time, task and text of one line. */
export const LogRow = memo(
  (props: LogRowProps) => {
    const { line, number, linked, hovered, words } = props;
    const className = [
      styles.row,
      linked ? styles.linked : '',
      hovered ? styles.hovered : '',
    ].join(' ');
    return (
      <div className={className} data-line={number} data-task={line?.task}>
        <LineNumber number={number} title={words.link} onLink={props.onLink} />
        {line ? (
          <>
            <time
              className={styles.time}
              dateTime={new Date(line.at).toISOString()}
            >
              {timeText(line.at)}
            </time>
            <TaskName
              task={line.task}
              title={words.task}
              onTask={props.onTask}
            />
            <LineText {...props} line={line} />
          </>
        ) : (
          <span className={styles.notRead}>{words.notRead}</span>
        )}
      </div>
    );
  },
  (before, after) =>
    // A line never changes once it is here, but is made anew at each reading.
    (before.line === undefined) === (after.line === undefined) &&
    before.line?.text === after.line?.text &&
    before.number === after.number &&
    before.query === after.query &&
    before.current === after.current &&
    before.linked === after.linked &&
    before.hovered === after.hovered &&
    before.tasks === after.tasks &&
    before.words === after.words &&
    before.onLink === after.onLink &&
    before.onTask === after.onTask,
);

function LineNumber(props: {
  readonly number: number;
  readonly title: string;
  onLink(line: number, mode: 'only' | 'extend'): void;
}) {
  const { number, title, onLink } = props;
  const onClick = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey) {
      return;
    }
    event.preventDefault();
    onLink(number, event.shiftKey ? 'extend' : 'only');
  };
  return (
    <a
      className={styles.number}
      href={lineHash({ from: number, to: number })}
      title={title}
      tabIndex={-1}
      onClick={onClick}
    >
      {numberText(number)}
    </a>
  );
}

function TaskName(props: {
  readonly task: LogTask;
  readonly title: string;
  onTask(task: LogTask): void;
}) {
  const { task, title, onTask } = props;
  return (
    <button
      type="button"
      className={styles.task}
      tabIndex={-1}
      title={title}
      onClick={() => onTask(task)}
    >
      {task}
    </button>
  );
}

function LineText(props: LogRowProps & { readonly line: LogLine }) {
  const { line, query, current, tasks, words, onTask } = props;
  const parsed = useMemo(() => parseAnsi(line.text), [line.text]);
  const parts = useMemo(() => {
    const text = parsed.segments.map(segment => segment.text).join('');
    return pieces(
      parsed.segments,
      query?.ranges(text) ?? NO_MARKS,
      textLinks(text, tasks),
    );
  }, [parsed, query, tasks]);
  return (
    <span className={styles.text}>
      {parts.map((piece, index) => (
        <LinePiece
          key={index}
          piece={piece}
          current={current}
          taskTitle={words.task}
          onTask={onTask}
        />
      ))}
      {parsed.overwrites > 0 && <Overwritten times={parsed.overwrites} />}
      {line.cut !== undefined && <Cut bytes={line.cut} />}
    </span>
  );
}

function Overwritten(props: { readonly times: number }) {
  const { times } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  return (
    <span
      className={styles.badge}
      title={t('log.row.overwritten', { count: times })}
    >
      ↻ {times}
    </span>
  );
}

function Cut(props: { readonly bytes: number }) {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  return (
    <span className={styles.badge}>
      {t('log.row.cut', { size: sizeText(props.bytes) })}
    </span>
  );
}
