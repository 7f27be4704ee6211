import { plan } from 'backstage-plugin-pipeline-demo-common';
import type { TaskId } from 'backstage-plugin-pipeline-demo-common';
import { useMemo } from 'react';
import { useRunPart } from './useRunSession';

const NONE: ReadonlySet<TaskId> = new Set();

/** The tasks that the run has, begun or not; the same set for as long as it is the same plan. */
export function usePlanTasks(): ReadonlySet<TaskId> {
  const batchCount = useRunPart(state => state.run?.batchCount);
  return useMemo(
    () =>
      batchCount === undefined
        ? NONE
        : new Set(plan(batchCount).tasks.map(task => task.id)),
    [batchCount],
  );
}
