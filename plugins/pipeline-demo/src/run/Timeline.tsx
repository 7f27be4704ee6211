import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Run } from 'backstage-plugin-pipeline-demo-common';
import { useLayoutEffect, useRef } from 'react';
import type { KeyboardEvent, MouseEvent, RefObject } from 'react';
import { useHoveredTask } from '../state/useHoveredTask';
import { useSetHoveredTime } from '../state/useHoveredTime';
import { useKeys } from '../state/useKeys';
import { useMoveLog } from '../state/useLogMoves';
import { useOpenTask } from '../state/useOpenTask';
import { useTaskSelection } from '../state/useTaskSelection';
import { pipelineDemoTranslationRef } from '../translation';
import { HatchPattern } from './HatchPattern';
import { TaskTable } from './TaskTable';
import styles from './Timeline.module.css';
import { layoutTimeline, placeAt, type TimelineLayout } from './timelineLayout';
import { Axis, HairLine, NowLine, Unseen } from './TimelineLines';
import type { TimelineContent } from './timelineOf';
import { RowBars, RowName } from './TimelineRowParts';
import { scrollAfterZoom } from './timelineZoom';
import { useSize } from './useSize';
import type { TimelineZoom } from './useTimelineZoom';

/** What the timeline is told. */
export interface TimelineProps {
  readonly run: Run;
  /** Epoch milliseconds of the run's clock. */
  readonly now: number;
  readonly content: TimelineContent;
  readonly zoom: TimelineZoom;
  /** How the line of now goes on between two renders. */
  readonly moves: 'withTheClock' | 'notAtAll';
}

/** One row per task, in plan order: what happened when, and what will. */
export function Timeline(props: TimelineProps) {
  const { run, now, content, zoom } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const [ref, size] = useSize({ width: 640, height: 280 });
  const layout = layoutTimeline(content.rows, size, content.seconds, zoom.zoom);
  useKeys({
    '+': () => zoom.step('in'),
    // The same key without Shift.
    '=': () => zoom.step('in'),
    '-': () => zoom.step('out'),
    '0': () => zoom.step('fit'),
  });
  return (
    <div
      ref={ref}
      className={styles.frame}
      {...usePointer(run, layout)}
      role="presentation"
    >
      <svg
        className={styles.drawing}
        width={size.width}
        height={size.height}
        aria-hidden="true"
      >
        {layout.rows.map(row => (
          <RowName
            key={row.row.task.id}
            placed={row}
            layout={layout}
            width={size.width}
          />
        ))}
      </svg>
      <Plot {...props} layout={layout} window={size.width - layout.labels} />
      <TaskTable
        label={t('timeline.label')}
        run={run}
        now={now}
        sight={content.unseen && 'lost'}
      />
    </div>
  );
}

/** Everything that has a time. Wider than its window when it is zoomed. */
function Plot(
  props: TimelineProps & {
    readonly layout: TimelineLayout;
    /** Pixels in view. */
    readonly window: number;
  },
) {
  const { run, content, zoom, layout } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const scroller = useRef<HTMLDivElement>(null);
  const onScroll = useScrollOfZoom(scroller, props);
  const isZoomed = zoom.zoom !== undefined;
  return (
    <div
      ref={scroller}
      className={styles.plot}
      style={{ left: layout.labels }}
      onScroll={onScroll}
      {...(isZoomed
        ? {
            role: 'group',
            'aria-label': t('timeline.pan'),
            tabIndex: 0,
            onKeyDown: toEnds,
          }
        : {})}
    >
      <svg
        className={styles.times}
        width={isZoomed ? layout.width : props.window}
        height={layout.height}
        aria-hidden="true"
      >
        <HatchPattern id="timeline-waits" />
        {content.unseen && <Unseen layout={layout} span={content.unseen} />}
        <Axis layout={layout} now={content.now} />
        {content.now !== undefined && (
          <NowLine layout={layout} seconds={content.now} moves={props.moves} />
        )}
        {layout.rows.map(row => (
          <RowBars key={row.row.task.id} placed={row} layout={layout} />
        ))}
        <HairLine layout={layout} createdAt={run.createdAt} />
      </svg>
    </div>
  );
}

/** Arrow keys scroll by themselves; these the browser has for other ends. */
function toEnds(event: KeyboardEvent<HTMLDivElement>): void {
  const { key, currentTarget } = event;
  if (key === 'Home' || key === 'End') {
    event.preventDefault();
    currentTarget.scrollLeft = key === 'Home' ? 0 : currentTarget.scrollWidth;
  }
}

/** Keeps a moment in its place when the zoom changes. */
function useScrollOfZoom(
  scroller: RefObject<HTMLDivElement>,
  props: Pick<TimelineProps, 'zoom' | 'content'> & {
    readonly layout: TimelineLayout;
    readonly window: number;
  },
): () => void {
  const { zoom, layout, content, window } = props;
  const left = useRef(0);
  const before = useRef({ zoom: zoom.zoom, layout });
  useLayoutEffect(() => {
    const element = scroller.current;
    const { zoom: old, layout: drawn } = before.current;
    if (element && old !== zoom.zoom) {
      element.scrollLeft = scrollAfterZoom(
        { x: drawn.x, left: left.current, width: window },
        layout.x,
        content.now,
      );
      left.current = element.scrollLeft;
    }
    before.current = { zoom: zoom.zoom, layout };
  });
  return () => {
    left.current = scroller.current?.scrollLeft ?? 0;
  };
}

/** What the pointer does on rows and axis; the keyboard has the topology and the log. */
function usePointer(run: Run, layout: TimelineLayout) {
  const { selected, select } = useTaskSelection();
  const [, setHovered] = useHoveredTask();
  const setHoveredTime = useSetHoveredTime();
  const [, setOpen] = useOpenTask();
  const moveLog = useMoveLog();
  const placeOf = (event: MouseEvent<HTMLDivElement>) => {
    const frame = event.currentTarget.getBoundingClientRect();
    const plot = event.currentTarget.querySelector(`.${styles.times}`);
    const from = plot?.getBoundingClientRect().left ?? 0;
    const { task, seconds } = placeAt(layout, {
      x: event.clientX - from,
      y: event.clientY - frame.top,
    });
    return {
      task,
      at: seconds === undefined ? undefined : run.createdAt + 1000 * seconds,
    };
  };
  return {
    onMouseMove(event: MouseEvent<HTMLDivElement>) {
      const { task, at } = placeOf(event);
      setHovered(task);
      setHoveredTime(at);
    },
    onMouseLeave() {
      setHovered(undefined);
      setHoveredTime(undefined);
    },
    onClick(event: MouseEvent<HTMLDivElement>) {
      const { task, at } = placeOf(event);
      const alone = selected.length === 1 && selected[0] === task;
      if (at !== undefined) {
        moveLog({ at });
      } else if (alone && !event.shiftKey) {
        setOpen(task);
      } else if (task) {
        select(task, event.shiftKey || event.metaKey ? 'toggle' : 'only');
      }
    },
  };
}
