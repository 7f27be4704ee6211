import type { Run, RunView } from 'backstage-plugin-pipeline-demo-common';

/**
 * A run as the answer to a start shows it: enough to draw its plan until the
 * stream brings the run itself.
 */
export function runFromView(view: RunView): Run {
  const time = (iso: string | undefined) =>
    iso === undefined ? undefined : Date.parse(iso);
  return {
    id: view.id,
    batchCount: view.batchCount,
    engine: view.engine,
    createdBy: view.createdBy,
    createdAt: Date.parse(view.createdAt),
    seed: 0,
    entityRef: view.entityRef,
    predicted: view.predicted,
    phase: view.phase,
    event: 0,
    outcome: view.outcome,
    tasks: view.tasks,
    launchedAt: time(view.launchedAt),
    driver: view.driver,
    finishedAt: time(view.finishedAt),
    endedAt: time(view.endedAt),
    cancelAskedBy: view.cancelAskedBy,
    gaps: [],
  };
}
