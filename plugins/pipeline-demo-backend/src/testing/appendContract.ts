import { newRun, type RunEvent } from 'backstage-plugin-pipeline-demo-common';
import { LeaseLostError, type RunStore } from '../ports/RunStore';
import {
  LONG_LEASE_MS,
  ODD_TEXTS,
  OWNER,
  createSampleRun,
  ending,
  launched,
  sampleSpec,
} from './sampleRuns';

/** How every RunStore goes on with a run: events and snapshot as one. */
export function appendContract(store: () => RunStore): void {
  describe('append', () => {
    it('stores events and the run after them', async () => {
      const { run, lease } = await createSampleRun(store());
      const first = launched(run);
      await store().append(lease, first.events, first.snapshot);
      const last = ending(first.snapshot);
      await store().append(lease, last.events, last.snapshot);

      expect((await store().get(run.id))?.run).toEqual(last.snapshot);
      expect(await store().events(run.id, 0, 10)).toEqual([
        ...first.events,
        ...last.events,
      ]);
      expect(await store().events(run.id, 1, 10)).toEqual(last.events);
      expect(await store().events(run.id, 0, 1)).toEqual(first.events);
      expect(await store().events(run.id, 2, 10)).toEqual([]);
    });

    it.each(['succeeded', 'failed', 'cancelled'] as const)(
      'keeps the slot until the run has %s',
      async phase => {
        const { run, lease } = await createSampleRun(store());
        const { events, snapshot } = launched(run);
        await store().append(lease, events, snapshot);
        expect((await store().active())?.run).toEqual(snapshot);
        const last = ending(snapshot, { phase });
        await store().append(lease, last.events, last.snapshot);
        expect(await store().active()).toBeUndefined();
        expect((await store().get(run.id))?.run).toEqual(last.snapshot);
      },
    );

    it('writes nothing under an old epoch', async () => {
      const { run, lease } = await createSampleRun(store(), {}, 0);
      await store().takeLease(run.id, 'owner-b', LONG_LEASE_MS);
      const { events, snapshot } = ending(run);
      await expect(
        store().append(lease, events, snapshot),
      ).rejects.toBeInstanceOf(LeaseLostError);
      expect(await store().get(run.id)).toEqual({ run, epoch: 2, lastLine: 0 });
      expect((await store().active())?.run).toEqual(run);
      expect(await store().events(run.id, 0, 10)).toEqual([]);
    });

    it('writes nothing to a run that does not exist', async () => {
      const { events, snapshot } = launched(newRun(sampleSpec()));
      const lease = { runId: snapshot.id, owner: OWNER, epoch: 1 };
      await expect(
        store().append(lease, events, snapshot),
      ).rejects.toBeInstanceOf(LeaseLostError);
    });

    it('refuses events that do not follow, and writes nothing', async () => {
      const { run, lease } = await createSampleRun(store());
      const { events, snapshot } = launched(run);
      await store().append(lease, events, snapshot);

      await expect(store().append(lease, events, snapshot)).rejects.toThrow(
        'is at event 1',
      );
      const hole = ending({ ...snapshot, event: snapshot.event + 1 });
      await expect(
        store().append(lease, hole.events, hole.snapshot),
      ).rejects.toThrow('is at event 1');
      await expect(
        store().append(lease, hole.events, snapshot),
      ).rejects.toThrow('do not lead up');

      expect((await store().get(run.id))?.run).toEqual(snapshot);
      expect(await store().events(run.id, 0, 10)).toEqual(events);
    });

    it('takes more events at once than a database has parameters for', async () => {
      const { run, lease } = await createSampleRun(store());
      const events = Array.from(
        { length: 1200 },
        (_, index): RunEvent => ({ type: 'Launched', at: 1, event: index + 1 }),
      );
      await store().append(lease, events, { ...run, event: events.length });
      expect(await store().events(run.id, 0, 2000)).toEqual(events);
    });

    it('keeps any text as it is', async () => {
      const { run, lease } = await createSampleRun(store());
      const events = ODD_TEXTS.map(
        (message, index): RunEvent => ({
          type: 'Deadline',
          at: 1,
          event: index + 1,
          message,
        }),
      );
      const snapshot = {
        ...run,
        event: events.length,
        objectsLeft: ODD_TEXTS,
      };
      await store().append(lease, events, snapshot);
      expect(await store().events(run.id, 0, 100)).toEqual(events);
      expect((await store().get(run.id))?.run).toEqual(snapshot);
    });
  });
}
