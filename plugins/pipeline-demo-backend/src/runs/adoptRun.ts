import type { Lease, RunStore, StoredRun } from '../ports/RunStore';

/**
 * Takes the active run, if nobody holds its lease, or this owner did before
 * it was restarted.
 *
 * @param isOurs - whether a keeper of this process drives the run already
 * @returns undefined when there is nothing to adopt
 */
export async function adoptRun(
  {
    runs,
    owner,
    leaseMs,
  }: {
    readonly runs: RunStore;
    readonly owner: string;
    readonly leaseMs: number;
  },
  isOurs: (runId: string) => boolean,
): Promise<{ readonly lease: Lease; readonly stored: StoredRun } | undefined> {
  const active = await runs.active();
  if (!active || isOurs(active.run.id)) {
    return undefined;
  }
  const lease = await runs.takeLease(active.run.id, owner, leaseMs);
  if (!lease) {
    return undefined;
  }
  // What the owner before us wrote since we looked is ours to know.
  const stored = await runs.get(active.run.id);
  return stored && { lease, stored };
}
