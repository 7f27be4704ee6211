import { BATCH_COUNT } from './run';
import type { RunSpec, Run } from './run';
import type { Task, TaskId } from './task';

/** An edge of the plan: `to` needs the output of `from`. @public */
export interface PlanEdge {
  readonly from: TaskId;
  readonly to: TaskId;
}

/** The tasks a run will have, known before it starts, and their edges. @public */
export interface Plan {
  readonly batchCount: number;
  /** 2N+1: GENERATE:1..N, ANALYZE:1..N, REPORT. */
  readonly tasks: readonly Task[];
  readonly edges: readonly PlanEdge[];
}

/**
 * The plan for N batches: GENERATE and ANALYZE per batch, then REPORT.
 *
 * @throws RangeError when N is not a whole number from 1 to 12
 * @public
 */
export function plan(batchCount: number): Plan {
  if (
    !Number.isInteger(batchCount) ||
    batchCount < BATCH_COUNT.min ||
    batchCount > BATCH_COUNT.max
  ) {
    throw new RangeError(
      `A run has ${BATCH_COUNT.min} to ${BATCH_COUNT.max} batches, not ${batchCount}`,
    );
  }
  const batches = Array.from({ length: batchCount }, (_, index) => index + 1);
  const perBatch = (process: 'GENERATE' | 'ANALYZE'): Task[] =>
    batches.map(batch => ({
      id: `${process}:${batch}`,
      process,
      batch,
      phase: 'planned',
      attempts: [],
    }));
  return {
    batchCount,
    tasks: [
      ...perBatch('GENERATE'),
      ...perBatch('ANALYZE'),
      { id: 'REPORT', process: 'REPORT', phase: 'planned', attempts: [] },
    ],
    edges: batches.flatMap(batch => [
      { from: `GENERATE:${batch}`, to: `ANALYZE:${batch}` },
      { from: `ANALYZE:${batch}`, to: 'REPORT' },
    ]),
  };
}

/** A run before its first event. @public */
export function newRun(spec: RunSpec): Run {
  return {
    ...spec,
    phase: 'queued',
    event: 0,
    tasks: plan(spec.batchCount).tasks,
    gaps: [],
  };
}
