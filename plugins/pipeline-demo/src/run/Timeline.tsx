import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  formatDuration,
  isEnded,
  type Forecast,
  type Run,
} from 'backstage-plugin-pipeline-demo-common';
import type { MouseEvent } from 'react';
import { useHoveredTask } from '../state/useHoveredTask';
import { useOpenTask } from '../state/useOpenTask';
import { useTaskSelection } from '../state/useTaskSelection';
import { pipelineDemoTranslationRef } from '../translation';
import { HatchPattern } from './HatchPattern';
import { phaseClass } from './Phase';
import { runSeconds } from './taskLook';
import { TaskTable } from './TaskTable';
import styles from './Timeline.module.css';
import {
  layoutTimeline,
  rowAt,
  type PlacedRow,
  type TimelineLayout,
} from './timelineLayout';
import { timelineRows } from './timelineRows';
import { useSize } from './useSize';

/** Differences under a second are noise. */
const WORTH_SAYING_SECONDS = 1;
/** The label of the now line hides ticks nearer than this. */
const NOW_LABEL_WIDTH = 36;

/** One row per task, in plan order: what happened when, and what will. */
export function Timeline(props: {
  readonly run: Run;
  /** Epoch milliseconds of the run's clock. */
  readonly now: number;
  readonly forecast?: Forecast;
}) {
  const { run, now, forecast } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const [ref, size] = useSize({ width: 640, height: 280 });
  const { selected, select } = useTaskSelection();
  const [, setHovered] = useHoveredTask();
  const [, setOpen] = useOpenTask();
  const rows = timelineRows(run, forecast?.spans ?? [], now);
  const goesOn = run.outcome === undefined && !isEnded(run.phase);
  // While it is cancelled the run's own time stands still, but not ours.
  const elapsed = goesOn ? (now - run.createdAt) / 1000 : runSeconds(run, now);
  const layout = layoutTimeline(
    rows,
    size,
    Math.max(
      elapsed,
      isEnded(run.phase) ? 0 : forecast?.durationSeconds ?? 0,
      ...rows.map(row => row.ghost?.to ?? 0),
      ...rows.flatMap(row => row.parts.map(part => part.to)),
    ),
  );
  const taskAt = (event: MouseEvent<SVGSVGElement>) =>
    rowAt(
      layout,
      event.clientY - event.currentTarget.getBoundingClientRect().top,
    );
  return (
    <div ref={ref} className={styles.frame}>
      <svg
        className={styles.drawing}
        width={size.width}
        height={size.height}
        aria-hidden="true"
        onMouseMove={event => setHovered(taskAt(event))}
        onMouseLeave={() => setHovered(undefined)}
        onClick={event => {
          const task = taskAt(event);
          const alone = selected.length === 1 && selected[0] === task;
          if (alone && !event.shiftKey) {
            setOpen(task);
          } else if (task) {
            select(task, event.shiftKey || event.metaKey ? 'toggle' : 'only');
          }
        }}
      >
        <HatchPattern id="timeline-waits" />
        <Axis
          layout={layout}
          hideNear={goesOn ? layout.x(elapsed) : undefined}
        />
        {layout.rows.map(row => (
          <Row
            key={row.row.task.id}
            placed={row}
            layout={layout}
            width={size.width}
          />
        ))}
        {goesOn && <NowLine layout={layout} seconds={elapsed} />}
      </svg>
      <TaskTable label={t('timeline.label')} run={run} now={now} />
    </div>
  );
}

function Axis(props: {
  readonly layout: TimelineLayout;
  readonly hideNear?: number;
}) {
  const { layout, hideNear } = props;
  return (
    <>
      {layout.ticks.map(({ seconds, x }) => (
        <g key={seconds}>
          <path className={styles.grid} d={`M${x} 0V${layout.bottom}`} />
          {(hideNear === undefined ||
            Math.abs(x - hideNear) > NOW_LABEL_WIDTH) && (
            <text className={styles.tick} x={x} y={layout.bottom + 16}>
              {formatDuration(seconds)}
            </text>
          )}
        </g>
      ))}
    </>
  );
}

function Row(props: {
  readonly placed: PlacedRow;
  readonly layout: TimelineLayout;
  readonly width: number;
}) {
  const { placed, layout, width } = props;
  const { row, y, height, ghost } = placed;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const { selected } = useTaskSelection();
  const [hovered] = useHoveredTask();
  const baseline = y + height / 2 + layout.fontSize * 0.36;
  const lit = selected.includes(row.task.id) || hovered === row.task.id;
  return (
    <g className={styles.row} fontSize={layout.fontSize} data-lit={lit}>
      <rect
        className={styles.band}
        x="0"
        y={y}
        width={width}
        height={height}
        rx="2"
      />
      {placed.process && (
        <text className={styles.process} x="0" y={baseline}>
          {placed.process}
        </text>
      )}
      {row.task.batch !== undefined && (
        <text className={styles.batch} x={layout.labels - 12} y={baseline}>
          {row.task.batch}
        </text>
      )}
      {ghost && ghost.width > 1 && (
        <rect
          className={styles.ghost}
          x={ghost.x + 0.5}
          y={ghost.y + 0.5}
          width={ghost.width - 1}
          height={ghost.height - 1}
          rx="2"
        />
      )}
      {placed.bars.map(({ part, box }) => (
        <rect
          key={`${part.kind}-${part.from}`}
          className={`${styles.bar} ${phaseClass(part.phase)}`}
          data-kind={part.kind}
          data-phase={part.phase}
          rx="2"
          {...box}
        />
      ))}
      {row.difference !== undefined &&
        Math.abs(row.difference) >= WORTH_SAYING_SECONDS && (
          <text className={styles.difference} x={placed.end + 6} y={baseline}>
            {t(row.difference > 0 ? 'timeline.over' : 'timeline.under', {
              seconds: Math.abs(Math.round(row.difference)),
            })}
          </text>
        )}
    </g>
  );
}

function NowLine(props: {
  readonly layout: TimelineLayout;
  readonly seconds: number;
}) {
  const { layout, seconds } = props;
  const x = layout.x(seconds);
  return (
    <g className={styles.now}>
      <path d={`M${x} 0V${layout.bottom}`} />
      <rect x={x - 18} y={layout.bottom + 2} width="36" height="16" rx="4" />
      <text x={x} y={layout.bottom + 13.5}>
        {formatDuration(seconds)}
      </text>
    </g>
  );
}
