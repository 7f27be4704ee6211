import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  formatDuration,
  plan,
  type Forecast,
} from 'backstage-plugin-pipeline-demo-common';
import { useMemo } from 'react';
import { pipelineDemoTranslationRef } from '../translation';
import { Panel } from './Panel';
import styles from './PlanPreview.module.css';
import type { TaskLook } from './taskLook';
import topology from './Topology.module.css';
import { TopologyEdges, TopologyHeads, type TaskLooks } from './TopologyFrame';
import { NodeDrawing } from './TopologyNode';
import { layoutTopology, type Box } from './topologyLayout';
import { useSize } from './useSize';

const PLANNED: TaskLook = { phase: 'planned', word: 'planned' };

/** The plan of a run that does not exist yet, drawn as a ghost. */
export function PlanPreview(props: {
  readonly batchCount: number;
  /** Missing while it loads: the plan itself is known without it. */
  readonly forecast?: Forecast;
}) {
  const { batchCount, forecast } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const [ref, size] = useSize({ width: 600, height: 360 });
  const { tasks } = useMemo(() => plan(batchCount), [batchCount]);
  const layout = layoutTopology(size.width, size.height, batchCount);
  const looks: TaskLooks = new Map(tasks.map(task => [task.id, PLANNED]));
  const perBatch = t('plan.tasks', { count: batchCount });
  const boxes = new Map<string, Box>([
    ...layout.lanes.flatMap(({ batch, generate, analyze }) => [
      [`GENERATE:${batch}`, generate] as const,
      [`ANALYZE:${batch}`, analyze] as const,
    ]),
    ['REPORT', layout.report],
  ]);
  return (
    <Panel
      className={styles.plan}
      title={t('plan.title', { count: batchCount })}
      aside={t('plan.tasks', { count: tasks.length })}
    >
      <div ref={ref} className={topology.frame}>
        <svg
          className={topology.drawing}
          width={layout.width}
          height={layout.height}
          role="img"
          aria-label={t('plan.label', { count: batchCount })}
        >
          <TopologyHeads
            layout={layout}
            counts={{
              GENERATE: perBatch,
              ANALYZE: perBatch,
              REPORT: t('plan.tasks', { count: 1 }),
            }}
          />
          <TopologyEdges layout={layout} looks={looks} />
          {tasks.map(task => {
            const seconds = forecast?.durations.seconds[task.process];
            return (
              <NodeDrawing
                key={task.id}
                task={task}
                look={PLANNED}
                box={boxes.get(task.id) as Box}
                named={layout.named}
                compact={layout.compact}
                note={
                  seconds === undefined ? '' : `~${formatDuration(seconds)}`
                }
                filled={0}
              />
            );
          })}
        </svg>
      </div>
      <PlanFooter forecast={forecast} />
    </Panel>
  );
}

/** Where it will run, and where the forecast comes from. */
function PlanFooter(props: { readonly forecast?: Forecast }) {
  const { forecast } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const basis = forecast?.durations.basis;
  return (
    <p className={styles.footer}>
      {forecast && <span>{t(`engine.${forecast.engine}`)}</span>}
      {basis && <span aria-hidden="true">·</span>}
      {basis && (
        <span>
          {basis.type === 'history'
            ? t('plan.fromHistory', { count: basis.runs })
            : t('plan.fromDefaults')}
        </span>
      )}
    </p>
  );
}
