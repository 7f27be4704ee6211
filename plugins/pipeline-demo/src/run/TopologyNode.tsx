import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  formatDuration,
  type Task,
} from 'backstage-plugin-pipeline-demo-common';
import type { KeyboardEventHandler, MouseEventHandler } from 'react';
import { pipelineDemoTranslationRef } from '../translation';
import { PhaseShape, phaseClass } from './Phase';
import type { TaskLook } from './taskLook';
import styles from './Topology.module.css';
import type { Box } from './topologyLayout';

/** The fill of a running node stops here: only its end makes it full. */
const FILL_LIMIT = 0.95;
const RADIUS = 4;

/** How a node is set off from the others. */
export type Mark = 'selected' | 'hovered' | 'none';

interface NodeDrawingProps {
  readonly task: Task;
  readonly look: TaskLook;
  readonly box: Box;
  readonly named: boolean;
  readonly compact: boolean;
  /** The short text at its end: a time, mostly. */
  readonly note: string;
  /** 0..1: how much of a running one is filled. */
  readonly filled: number;
}

interface TopologyNodeProps extends Omit<NodeDrawingProps, 'note' | 'filled'> {
  readonly marked: Mark;
  /** For REPORT, while it waits for the batches. */
  readonly gathered?: { readonly done: number; readonly total: number };
  readonly expectedSeconds?: number;
  readonly tabIndex: number;
  onFocus(): void;
  onHover(on: boolean): void;
  onKeyDown: KeyboardEventHandler<SVGGElement>;
  onClick: MouseEventHandler<SVGGElement>;
}

/** One task that can be chosen; a running one fills up from the left. */
export function TopologyNode(props: TopologyNodeProps) {
  const { task, look, marked } = props;
  const label = useLabel(task, look);
  const note = useNote(props);
  return (
    <g
      className={styles.node}
      data-task={task.id}
      data-marked={marked}
      role="gridcell"
      tabIndex={props.tabIndex}
      aria-selected={marked === 'selected'}
      onFocus={props.onFocus}
      onBlur={() => props.onHover(false)}
      onMouseEnter={() => props.onHover(true)}
      onMouseLeave={() => props.onHover(false)}
      onKeyDown={props.onKeyDown}
      onClick={props.onClick}
    >
      {/* Its name, and what a pointer that rests on it is shown. */}
      <title>{label}</title>
      <NodeDrawing {...props} note={note} filled={filled(props)} />
    </g>
  );
}

/** A task's box with its icon, name and note. */
export function NodeDrawing(props: NodeDrawingProps) {
  const { task, look, box } = props;
  return (
    <g
      className={`${styles.drawn} ${phaseClass(look.phase)}`}
      data-phase={look.phase}
      aria-hidden="true"
    >
      <rect
        className={styles.box}
        x={box.x + 0.5}
        y={box.y + 0.5}
        width={box.width - 1}
        height={box.height - 1}
        rx={RADIUS}
      />
      {look.phase === 'running' && (
        <rect
          className={styles.fill}
          x={box.x + 1}
          y={box.y + 1}
          width={(box.width - 2) * props.filled}
          height={box.height - 2}
          rx={RADIUS - 1}
        />
      )}
      {task.process === 'REPORT' ? (
        <Standing {...props} />
      ) : (
        <Lying {...props} />
      )}
    </g>
  );
}

/** REPORT: icon, name and note below each other. */
function Standing(props: NodeDrawingProps) {
  const x = props.box.x + props.box.width / 2;
  const y = props.box.y + props.box.height / 2;
  return (
    <g>
      <g transform={`translate(${x - 8} ${y - 27})`}>
        <PhaseShape phase={props.look.phase} />
      </g>
      <text className={styles.reportName} x={x} y={y + 5}>
        {props.task.id}
      </text>
      <text className={styles.reportNote} x={x} y={y + 21}>
        {props.note}
      </text>
    </g>
  );
}

/** A node of a lane: icon, name and note in one line. */
function Lying(props: NodeDrawingProps) {
  const { box, compact } = props;
  const icon = compact ? Math.min(12, box.height - 2) : 14;
  const middle = box.y + box.height / 2;
  const left = box.x + 6;
  return (
    <g>
      <g
        transform={`translate(${left} ${middle - icon / 2}) scale(${
          icon / 16
        })`}
      >
        <PhaseShape phase={props.look.phase} />
      </g>
      {props.named && (
        <text className={styles.name} x={left + icon + 5} y={middle + 4.3}>
          {props.task.id}
        </text>
      )}
      <text
        className={compact ? styles.tinyNote : styles.note}
        x={box.x + box.width - 6}
        y={middle + (compact ? 3.6 : 4.3)}
      >
        {props.note}
      </text>
    </g>
  );
}

function useLabel(task: Task, look: TaskLook): string {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const phase = t(`phase.task.${look.word}`);
  return look.seconds === undefined
    ? t('topology.task', { task: task.id, phase })
    : t('topology.taskTime', {
        task: task.id,
        phase,
        time: formatDuration(look.seconds),
      });
}

function useNote(props: TopologyNodeProps): string {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const { look, gathered } = props;
  if (look.seconds !== undefined) {
    return formatDuration(look.seconds);
  }
  switch (look.word) {
    case 'waiting':
      return t('topology.waits');
    case 'stuck':
      return t('topology.stuck');
    case 'planned':
      return gathered ? t('topology.gathered', gathered) : '';
    case 'notRun':
    case 'cancelled':
      return gathered ? t(`topology.${look.word}`) : '';
    default:
      return '';
  }
}

function filled(props: TopologyNodeProps): number {
  const { expectedSeconds, look } = props;
  if (!expectedSeconds || look.seconds === undefined) {
    return 0;
  }
  return Math.min(FILL_LIMIT, look.seconds / expectedSeconds);
}
