import {
  newRun,
  reduce,
  type Run,
  type RunEvent,
  type RunSpec,
} from 'backstage-plugin-pipeline-demo-common';

/**
 * The run as it was at a time: the same fold, over what had happened by then.
 * An event counts from its source's time on, whenever it was heard of.
 *
 * @param events - all of the run's, in order
 * @param at - epoch milliseconds of the run's clock
 */
export function runAt(run: Run, events: readonly RunEvent[], at: number): Run {
  return events
    .filter(event => event.at <= at)
    .reduce(reduce, newRun(specOf(run)));
}

/** What was decided when it was asked for. */
function specOf(run: Run): RunSpec {
  const { id, batchCount, engine, createdBy, createdAt, seed } = run;
  const { entityRef, predicted } = run;
  return {
    id,
    batchCount,
    engine,
    createdBy,
    createdAt,
    seed,
    ...(entityRef === undefined ? {} : { entityRef }),
    ...(predicted === undefined ? {} : { predicted }),
  };
}
