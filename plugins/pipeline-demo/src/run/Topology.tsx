import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  type LogTask,
  type ProcessName,
  type Run,
  type Task,
  type TaskId,
} from 'backstage-plugin-pipeline-demo-common';
import { useMemo, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useHoveredTask } from '../state/useHoveredTask';
import { useOpenTask } from '../state/useOpenTask';
import { useTaskSelection } from '../state/useTaskSelection';
import { pipelineDemoTranslationRef } from '../translation';
import { HatchPattern } from './HatchPattern';
import styles from './Topology.module.css';
import {
  TopologyEdges,
  TopologyHeads,
  type TaskLooks,
  type TopologyChoice,
} from './TopologyFrame';
import { TopologyNode, type Mark } from './TopologyNode';
import {
  layoutTopology,
  type Box,
  type TopologyLayout,
} from './topologyLayout';
import { moveInTopology } from './topologyKeys';
import { lookOf, type TaskLook } from './taskLook';
import { useSize } from './useSize';

/** What the topology is told; a plan without a run is drawn by PlanPreview. */
export interface TopologyProps {
  readonly run: Run;
  /** Epoch milliseconds of the run's clock. */
  readonly now: number;
  /** Seconds one task of each process is expected to run. */
  readonly expectedSeconds?: Readonly<Record<ProcessName, number>>;
}

/** The pipeline as lanes: one node per task, drawn from the plan before the first one starts. */
export function Topology(props: TopologyProps) {
  const { run, now } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const [ref, size] = useSize({ width: 460, height: 236 });
  const { show } = useTaskSelection();
  const layout = useMemo(
    () => layoutTopology(size.width, size.height, run.batchCount),
    [size, run.batchCount],
  );
  const looks = new Map(
    run.tasks.map(task => [task.id, lookOf(run, task, now)] as const),
  );
  const counts = {
    GENERATE: countOf(run, 'GENERATE'),
    ANALYZE: countOf(run, 'ANALYZE'),
    REPORT: countOf(run, 'REPORT'),
  };
  return (
    <div ref={ref} className={styles.frame}>
      <svg
        className={styles.drawing}
        width={layout.width}
        height={layout.height}
        aria-label={t('topology.label')}
        role="grid"
        aria-multiselectable="true"
      >
        <HatchPattern id="topology-waits" />
        <g aria-hidden="true">
          <TopologyHeads
            layout={layout}
            counts={counts}
            onChoose={choice => show(tasksOf(run, choice))}
          />
          <TopologyEdges layout={layout} looks={looks} />
        </g>
        <Nodes {...props} layout={layout} looks={looks} />
      </svg>
    </div>
  );
}

function Nodes(
  props: TopologyProps & {
    readonly layout: TopologyLayout;
    readonly looks: TaskLooks;
  },
) {
  const { run, layout, looks, expectedSeconds } = props;
  const { selected, select, clear } = useTaskSelection();
  const [hovered, setHovered] = useHoveredTask();
  const [, setOpen] = useOpenTask();
  const [entry, setEntry] = useState<TaskId>('GENERATE:1');
  const tasks = new Map(run.tasks.map(task => [task.id, task] as const));

  /** A second time, on what is chosen already, it opens the details. */
  const choose = (id: TaskId, mode: 'only' | 'toggle') => {
    if (mode === 'only' && selected.length === 1 && selected[0] === id) {
      setOpen(id);
    } else {
      select(id, mode);
    }
  };
  const onKeyDown = (event: KeyboardEvent<SVGGElement>, id: TaskId) => {
    const target = moveInTopology(id, event.key, run.batchCount);
    if (target) {
      setEntry(target);
      focusTask(event.currentTarget, target);
    } else if (event.key === 'Enter' || event.key === ' ') {
      choose(id, event.shiftKey ? 'toggle' : 'only');
    } else if (event.key === 'Escape' && selected.length > 0) {
      clear();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  const node = (id: TaskId, box: Box) => {
    const task = tasks.get(id) as Task;
    return (
      <TopologyNode
        key={id}
        task={task}
        box={box}
        look={looks.get(id) as TaskLook}
        named={layout.named}
        compact={layout.compact}
        gathered={gathered(run, task)}
        expectedSeconds={expectedSeconds?.[task.process]}
        marked={markOf(id, selected, hovered)}
        tabIndex={id === entry ? 0 : -1}
        onFocus={() => {
          setEntry(id);
          setHovered(id);
        }}
        onHover={on => setHovered(on ? id : undefined)}
        onKeyDown={event => onKeyDown(event, id)}
        onClick={event =>
          choose(id, event.shiftKey || event.metaKey ? 'toggle' : 'only')
        }
      />
    );
  };
  return (
    <>
      {layout.lanes.map(({ batch, generate, analyze }) => (
        <g key={batch} role="row">
          {node(`GENERATE:${batch}`, generate)}
          {node(`ANALYZE:${batch}`, analyze)}
        </g>
      ))}
      <g role="row">{node('REPORT', layout.report)}</g>
    </>
  );
}

function markOf(
  id: TaskId,
  selected: readonly LogTask[],
  hovered: LogTask | undefined,
): Mark {
  if (selected.includes(id)) {
    return 'selected';
  }
  return hovered === id ? 'hovered' : 'none';
}

/** REPORT alone waits for all batches: how many are in. */
function gathered(
  run: Run,
  task: Task,
): { readonly done: number; readonly total: number } | undefined {
  return task.process === 'REPORT'
    ? {
        done: run.tasks.filter(
          other => other.process === 'ANALYZE' && other.phase === 'succeeded',
        ).length,
        total: run.batchCount,
      }
    : undefined;
}

function focusTask(from: Element, id: TaskId): void {
  from
    .closest('svg')
    ?.querySelector<SVGGElement>(`[data-task="${id}"]`)
    ?.focus();
}

/** The tasks of a process or of a batch, by their ids. */
export function tasksOf(run: Run, choice: TopologyChoice): TaskId[] {
  return run.tasks
    .filter(task =>
      choice.type === 'process'
        ? task.process === choice.process
        : task.batch === choice.batch,
    )
    .map(task => task.id);
}

function countOf(run: Run, process: ProcessName): string {
  const tasks = run.tasks.filter(task => task.process === process);
  const done = tasks.filter(task => task.phase === 'succeeded').length;
  return `${done}/${tasks.length}`;
}
