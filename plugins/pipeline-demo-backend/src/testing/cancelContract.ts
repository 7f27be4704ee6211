import type { RunStore } from '../ports/RunStore';
import { LONG_LEASE_MS, createEndedRun, createSampleRun } from './sampleRuns';

/** How every RunStore keeps the wish to cancel. */
export function cancelContract(store: () => RunStore): void {
  describe('askCancel', () => {
    it('keeps the first wish, whoever owns the run', async () => {
      const { run } = await createSampleRun(store(), {}, 0);
      expect(await store().cancelAskedBy(run.id)).toBeUndefined();
      expect(await store().askCancel(run.id, 'user:default/first')).toBe(true);
      expect(await store().askCancel(run.id, 'user:default/second')).toBe(true);
      await store().takeLease(run.id, 'owner-b', LONG_LEASE_MS);
      expect(await store().cancelAskedBy(run.id)).toBe('user:default/first');
    });

    it('says when there is no such active run', async () => {
      const ended = await createEndedRun(store());
      expect(await store().askCancel(ended.id, 'user:default/me')).toBe(false);
      expect(await store().askCancel('r0', 'user:default/me')).toBe(false);
      expect(await store().cancelAskedBy(ended.id)).toBeUndefined();
      expect(await store().cancelAskedBy('r0')).toBeUndefined();
    });
  });
}
