import { LeaseLostError, type Lease, type RunStore } from '../ports/RunStore';
import {
  LONG_LEASE_MS,
  OWNER,
  createEndedRun,
  createSampleRun,
  launched,
} from './sampleRuns';

const RACERS = 20;
const SHORT_LEASE_MS = 200;
const GIVE_UP_MS = 4_000;
const OTHER = 'owner-b';

/** How every RunStore hands the right to write from owner to owner. */
export function leaseContract(store: () => RunStore): void {
  describe('lease', () => {
    it('is not taken while its owner holds it', async () => {
      const { run, lease } = await createSampleRun(store());
      expect(
        await store().takeLease(run.id, OTHER, LONG_LEASE_MS),
      ).toBeUndefined();
      expect((await store().get(run.id))?.epoch).toBe(lease.epoch);
      expect(await store().renewLease(lease, LONG_LEASE_MS)).toBe(true);
    });

    it('is taken when its time is over, not before', async () => {
      const before = performance.now();
      const { run } = await createSampleRun(store(), {}, SHORT_LEASE_MS);
      let taken: Lease | undefined;
      while (!taken && performance.now() - before < GIVE_UP_MS) {
        taken = await store().takeLease(run.id, OTHER, LONG_LEASE_MS);
      }
      expect(taken).toEqual({ runId: run.id, owner: OTHER, epoch: 2 });
      // The database may count whole milliseconds only.
      expect(performance.now() - before).toBeGreaterThan(SHORT_LEASE_MS - 2);
      expect((await store().get(run.id))?.epoch).toBe(2);
    });

    it('lives on when it is renewed', async () => {
      const { run, lease } = await createSampleRun(store(), {}, 0);
      expect(await store().renewLease(lease, LONG_LEASE_MS)).toBe(true);
      expect(
        await store().takeLease(run.id, OTHER, LONG_LEASE_MS),
      ).toBeUndefined();
    });

    it('ends every right of the owner who lost it', async () => {
      const { run, lease } = await createSampleRun(store(), {}, 0);
      const taken = await store().takeLease(run.id, OTHER, LONG_LEASE_MS);
      expect(await store().renewLease(lease, LONG_LEASE_MS)).toBe(false);
      await store().releaseLease(lease);
      expect(
        await store().takeLease(run.id, 'owner-c', LONG_LEASE_MS),
      ).toBeUndefined();
      const { events, snapshot } = launched(run);
      await expect(
        store().append(lease, events, snapshot),
      ).rejects.toBeInstanceOf(LeaseLostError);
      await store().append(taken!, events, snapshot);
      expect((await store().get(run.id))?.run).toEqual(snapshot);
    });

    it('is taken again by its own owner, who then starts a new epoch', async () => {
      const { run, lease } = await createSampleRun(store());
      const again = await store().takeLease(run.id, OWNER, LONG_LEASE_MS);
      expect(again).toEqual({ ...lease, epoch: 2 });
      expect(await store().renewLease(lease, LONG_LEASE_MS)).toBe(false);
    });

    it('is free at once when it is released', async () => {
      const { run, lease } = await createSampleRun(store());
      await store().releaseLease(lease);
      expect(await store().takeLease(run.id, OTHER, LONG_LEASE_MS)).toEqual({
        runId: run.id,
        owner: OTHER,
        epoch: 2,
      });
    });

    it('goes to one of many', async () => {
      const { run } = await createSampleRun(store(), {}, 0);
      const taken = await Promise.all(
        Array.from({ length: RACERS }, (_, index) =>
          store().takeLease(run.id, `racer-${index}`, LONG_LEASE_MS),
        ),
      );
      expect(taken.filter(lease => lease !== undefined)).toHaveLength(1);
      expect((await store().get(run.id))?.epoch).toBe(2);
    });

    it('is not for a run that has ended, or never was', async () => {
      const ended = await createEndedRun(store());
      expect(
        await store().takeLease(ended.id, OWNER, LONG_LEASE_MS),
      ).toBeUndefined();
      expect(await store().takeLease('r0', OWNER, LONG_LEASE_MS)).toBe(
        undefined,
      );
      const none = { runId: 'r0', owner: OWNER, epoch: 1 };
      expect(await store().renewLease(none, LONG_LEASE_MS)).toBe(false);
      await expect(store().releaseLease(none)).resolves.toBeUndefined();
    });
  });
}
