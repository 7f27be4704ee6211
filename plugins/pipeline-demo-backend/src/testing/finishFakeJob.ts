import type { V1Job } from '@kubernetes/client-node';
import { secondsNow } from './FakeObjects';
import type { FakeObjects } from './FakeObjects';

/** Writes a condition into a Job, unless it has failed already. */
export function finishFakeJob(
  objects: FakeObjects,
  name: string,
  type: string,
  reason: string,
  message: string,
): void {
  objects.change<V1Job>('jobs', name, job => {
    const before = job.status?.conditions ?? [];
    if (before.some(condition => condition.type === 'Failed')) {
      return;
    }
    const lastTransitionTime = secondsNow() as unknown as Date;
    job.status = {
      ...(type === 'Complete' ? { succeeded: 1 } : { failed: 1 }),
      conditions: [
        ...before,
        { type, status: 'True', reason, message, lastTransitionTime },
      ],
    };
  });
}
