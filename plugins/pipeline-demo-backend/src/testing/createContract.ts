import { newRun } from 'backstage-plugin-pipeline-demo-common';
import type { RunStore } from '../ports/RunStore';
import {
  LONG_LEASE_MS,
  OWNER,
  createEndedRun,
  createSampleRun,
  ending,
  sampleSpec,
} from './sampleRuns';

const RACERS = 20;

/** How every RunStore begins a run: at most one is active. */
export function createContract(store: () => RunStore): void {
  describe('create', () => {
    const options = { owner: OWNER, leaseMs: LONG_LEASE_MS };

    it('finds nothing in an empty store', async () => {
      expect(await store().active()).toBeUndefined();
      expect(await store().latest()).toBeUndefined();
      expect(await store().get('r0')).toBeUndefined();
      expect(await store().history({ limit: 10 })).toEqual({ runs: [] });
    });

    it('stores a queued run at epoch 1, without lines', async () => {
      const spec = sampleSpec({ entityRef: 'component:default/demo' });
      const result = await store().create(spec, options);
      const stored = { run: newRun(spec), epoch: 1, lastLine: 0 };
      expect(result).toEqual({
        type: 'created',
        stored,
        lease: { runId: spec.id, owner: OWNER, epoch: 1 },
      });
      expect(await store().get(spec.id)).toEqual(stored);
      expect(await store().active()).toEqual(stored);
      expect(await store().latest()).toEqual(stored);
    });

    it('returns the active run and writes nothing', async () => {
      const { run } = await createSampleRun(store());
      const other = sampleSpec();
      expect(await store().create(other, options)).toEqual({
        type: 'active',
        stored: { run, epoch: 1, lastLine: 0 },
      });
      expect(await store().get(other.id)).toBeUndefined();
    });

    it('stores the next run when the last one has ended', async () => {
      const first = await createEndedRun(store());
      const { run } = await createSampleRun(store());
      expect((await store().active())?.run).toEqual(run);
      expect((await store().latest())?.run).toEqual(run);
      expect((await store().get(first.id))?.run).toEqual(first);
    });

    it('repeats the run of an idempotency key, active or ended', async () => {
      const keyed = { ...options, idempotencyKey: 'form-1' };
      const created = await store().create(sampleSpec(), keyed);
      if (created.type !== 'created') {
        throw new Error('The store was not empty');
      }
      const { run } = created.stored;
      expect(await store().create(sampleSpec(), keyed)).toEqual({
        type: 'repeated',
        stored: created.stored,
      });

      const { events, snapshot } = ending(run);
      await store().append(created.lease, events, snapshot);
      expect(await store().create(sampleSpec(), keyed)).toMatchObject({
        type: 'repeated',
        stored: { run: snapshot },
      });
      expect(await store().active()).toBeUndefined();
    });

    it('takes the same key of another creator for another key', async () => {
      const keyed = { ...options, idempotencyKey: 'form-1' };
      const created = await store().create(sampleSpec(), keyed);
      const stranger = sampleSpec({ createdBy: 'user:default/stranger' });
      expect(await store().create(stranger, keyed)).toEqual({
        type: 'active',
        stored: created.stored,
      });
    });

    it('lets one of many win', async () => {
      const results = await Promise.all(
        Array.from({ length: RACERS }, () =>
          store().create(sampleSpec(), options),
        ),
      );
      const winners = results.filter(({ type }) => type === 'created');
      expect(winners).toHaveLength(1);
      for (const result of results) {
        expect(result.stored).toEqual(winners[0].stored);
      }
      expect((await store().history({ limit: 100 })).runs).toHaveLength(1);
    });

    it('lets one of many with the same key win', async () => {
      const keyed = { ...options, idempotencyKey: 'form-1' };
      const results = await Promise.all(
        Array.from({ length: RACERS }, () =>
          store().create(sampleSpec(), keyed),
        ),
      );
      expect(results.map(({ type }) => type).sort()).toEqual([
        'created',
        ...Array.from({ length: RACERS - 1 }, () => 'repeated'),
      ]);
    });
  });
}
