import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { LogTask } from 'backstage-plugin-pipeline-demo-common';
import { useHoveredTask } from '../state/useHoveredTask';
import { useTaskSelection } from '../state/useTaskSelection';
import { pipelineDemoTranslationRef } from '../translation';
import { phaseClass } from './Phase';
import styles from './Timeline.module.css';
import type { PlacedRow, TimelineLayout } from './timelineLayout';

/** Differences under a second are noise. */
const WORTH_SAYING_SECONDS = 1;

interface RowProps {
  readonly placed: PlacedRow;
  readonly layout: TimelineLayout;
}

/** The row's name, on a band that is as wide as the whole timeline. */
export function RowName(props: RowProps & { readonly width: number }) {
  const { placed, layout, width } = props;
  const { row, y, height } = placed;
  const baseline = baselineOf(props);
  return (
    <g
      className={styles.row}
      fontSize={layout.fontSize}
      data-lit={useIsLit(row.task.id)}
    >
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
        <text className={styles.batch} x={layout.labels - 4} y={baseline}>
          {row.task.batch}
        </text>
      )}
    </g>
  );
}

/** What was, what is, and what is foretold. */
export function RowBars(props: RowProps) {
  const { placed } = props;
  const { row, ghost } = placed;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  return (
    <g>
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
          <text
            className={styles.difference}
            x={placed.end + 6}
            y={baselineOf(props)}
          >
            {t(row.difference > 0 ? 'timeline.over' : 'timeline.under', {
              seconds: Math.abs(Math.round(row.difference)),
            })}
          </text>
        )}
    </g>
  );
}

function baselineOf({ placed, layout }: RowProps): number {
  return placed.y + placed.height / 2 + layout.fontSize * 0.36;
}

function useIsLit(task: LogTask): boolean {
  const { selected } = useTaskSelection();
  const [hovered] = useHoveredTask();
  return selected.includes(task) || hovered === task;
}
