import {
  PROCESS_NAMES,
  type ProcessName,
  type TaskId,
} from 'backstage-plugin-pipeline-demo-common';
import { phaseClass } from './Phase';
import type { TaskLook } from './taskLook';
import styles from './Topology.module.css';
import type { TopologyLayout } from './topologyLayout';

/** How each task of a run is shown. */
export type TaskLooks = ReadonlyMap<TaskId, TaskLook>;

/** Tasks that are chosen together: of a process, or of a batch. */
export type TopologyChoice =
  | { readonly type: 'process'; readonly process: ProcessName }
  | { readonly type: 'batch'; readonly batch: number };

/** The names of the columns with a count each, and the numbers of the lanes. */
export function TopologyHeads(props: {
  readonly layout: TopologyLayout;
  readonly counts: Readonly<Record<ProcessName, string>>;
  /** What a click on a name or a number does; missing: nothing. */
  readonly onChoose?: (choice: TopologyChoice) => void;
}) {
  const { onChoose } = props;
  const { heads, lanes, compact } = props.layout;
  return (
    <>
      {PROCESS_NAMES.map(process => {
        const { x, width } = heads[process];
        const count = props.counts[process];
        return (
          <g
            key={process}
            className={onChoose && styles.choice}
            onClick={() => onChoose?.({ type: 'process', process })}
          >
            <rect
              className={styles.target}
              x={x}
              y="-6"
              width={width}
              height="26"
            />
            <text className={styles.head} x={x} y="12">
              {process}
            </text>
            {isRoomFor(process, count, width) && (
              <text className={styles.count} x={x + width} y="12">
                {count}
              </text>
            )}
          </g>
        );
      })}
      {lanes.map(({ batch, generate }) => (
        <g
          key={batch}
          className={onChoose && styles.choice}
          onClick={() => onChoose?.({ type: 'batch', batch })}
        >
          <rect
            className={styles.target}
            x="-8"
            y={generate.y}
            width="26"
            height={generate.height}
          />
          <text
            className={compact ? styles.tinyLane : styles.lane}
            x="8"
            y={generate.y + generate.height / 2 + 4}
          >
            {batch}
          </text>
        </g>
      ))}
    </>
  );
}

/** About, in pixels: text cannot be measured before it is drawn. */
const LETTER_WIDTH = { bold: 8.5, regular: 7 } as const;

function isRoomFor(name: string, count: string, width: number): boolean {
  const { bold, regular } = LETTER_WIDTH;
  return name.length * bold + count.length * regular < width;
}

/** The edges: dotted until the upstream task has succeeded, lit while the next one runs. */
export function TopologyEdges(props: {
  readonly layout: TopologyLayout;
  readonly looks: TaskLooks;
}) {
  const edge = (from: TaskId, to: TaskId, d: string) => {
    const target = props.looks.get(to)?.phase ?? 'planned';
    const lit = props.looks.get(from)?.phase === 'succeeded';
    const hot = lit && (target === 'running' || target === 'starting');
    const colour = hot ? `${styles.hot} ${phaseClass(target)}` : '';
    return (
      <path
        d={d}
        className={`${styles.edge} ${lit ? '' : styles.dim} ${colour}`}
      />
    );
  };
  return (
    <>
      {props.layout.lanes.map(({ batch, toAnalyze, toReport }) => (
        <g key={batch}>
          {edge(`GENERATE:${batch}`, `ANALYZE:${batch}`, toAnalyze)}
          {edge(`ANALYZE:${batch}`, 'REPORT', toReport)}
        </g>
      ))}
    </>
  );
}
