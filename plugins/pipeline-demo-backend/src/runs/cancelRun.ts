import { ConflictError, NotFoundError } from '@backstage/errors';
import { isEnded } from 'backstage-plugin-pipeline-demo-common';
import type { RunStore, StoredRun } from '../ports/RunStore';

/** What `cancelRun` works with. */
export interface CancelDeps {
  readonly runs: RunStore;
  /** Tells the run's keeper, if it is in this process; another one reads the wish from the store. */
  readonly keepers: { nudge(runId: string): void };
}

/**
 * Stores the wish to cancel a run: the named one, or the one that is active.
 * The run's keeper takes it from there; a run that is already finishing ends
 * with its outcome.
 *
 * @returns the run as it was when the wish was stored
 * @throws NotFoundError when no run is active, or there is none of that id
 * @throws ConflictError when that run has ended
 */
export async function cancelRun(
  deps: CancelDeps,
  request: { readonly runId?: string; readonly by: string },
): Promise<StoredRun> {
  const { runs, keepers } = deps;
  const stored = await findRun(runs, request.runId);
  const { id, phase } = stored.run;
  if (isEnded(phase) || !(await runs.askCancel(id, request.by))) {
    throw request.runId === undefined
      ? new NotFoundError('No run is active')
      : new ConflictError(`Run ${id} has already ended`);
  }
  keepers.nudge(id);
  return stored;
}

async function findRun(
  runs: RunStore,
  runId: string | undefined,
): Promise<StoredRun> {
  const stored = await (runId === undefined ? runs.active() : runs.get(runId));
  if (!stored) {
    throw new NotFoundError(
      runId === undefined ? 'No run is active' : `There is no run ${runId}`,
    );
  }
  return stored;
}
