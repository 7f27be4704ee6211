import type { LogTask } from 'backstage-plugin-pipeline-demo-common';
import type { MouseEvent, ReactNode } from 'react';
import { taskHref } from '../state/useTaskSelection';
import styles from './LogRow.module.css';
import type { Piece } from './pieces';
import type { AnsiStyle } from './sgr';

/** A part of a line in its style; a link where it leads somewhere. */
export function LinePiece(props: {
  readonly piece: Piece;
  /** Its line has the match that was gone to. */
  readonly current: boolean;
  readonly taskTitle: string;
  onTask(task: LogTask): void;
}) {
  const { piece, current, taskTitle, onTask } = props;
  const { target } = piece;
  const className = styleClass(piece.style);
  const text = piece.marked ? (
    <mark className={current ? styles.current : styles.mark}>{piece.text}</mark>
  ) : (
    piece.text
  );
  if (target?.type === 'address') {
    return (
      <a
        className={`${styles.link} ${className}`}
        href={target.href}
        target="_blank"
        rel="noopener noreferrer"
      >
        {text}
      </a>
    );
  }
  if (target?.type === 'task') {
    return (
      <TaskLink
        className={className}
        task={target.task}
        title={taskTitle}
        onTask={onTask}
      >
        {text}
      </TaskLink>
    );
  }
  return className ? <span className={className}>{text}</span> : <>{text}</>;
}

/** No button: its text is selected and copied with the line. */
function TaskLink(props: {
  readonly className: string;
  readonly task: LogTask;
  readonly title: string;
  readonly children: ReactNode;
  onTask(task: LogTask): void;
}) {
  const { className, task, title, children, onTask } = props;
  const onClick = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    onTask(task);
  };
  return (
    <a
      className={`${styles.taskLink} ${className}`}
      href={taskHref(task)}
      title={title}
      tabIndex={-1}
      onClick={onClick}
    >
      {children}
    </a>
  );
}

function styleClass(style: AnsiStyle): string {
  return [
    style.colour && styles[style.colour],
    style.background && styles.onColour,
    style.background && styles[`on-${style.background}`],
    style.bold && styles.bold,
    style.dim && styles.dim,
    style.italic && styles.italic,
    style.underline && styles.underline,
    style.reverse && styles.reverse,
  ]
    .filter(Boolean)
    .join(' ');
}
