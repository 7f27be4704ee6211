import type { LogStore } from '../ports/LogStore';
import type { RunStore } from '../ports/RunStore';
import {
  LONG_LEASE_MS,
  OWNER,
  createEndedRun,
  createSampleRun,
  ending,
  sampleLines,
  sampleSpec,
} from './sampleRuns';

const ALL = Number.MAX_SAFE_INTEGER;

/** How every pair of stores forgets old runs. */
export function pruneContract(
  stores: () => { readonly runs: RunStore; readonly logs: LogStore },
): void {
  describe('prune', () => {
    const endedAt = async (time: number) =>
      (await createEndedRun(stores().runs, {}, { endedAt: time })).id;
    const idsLeft = async () =>
      (await stores().runs.history({ limit: 100 })).runs.map(
        ({ run }) => run.id,
      );

    it('keeps the newest ended runs, and the active one beside them', async () => {
      const ids = [];
      for (let count = 0; count < 4; count++) {
        ids.push(await endedAt(1000));
      }
      const active = (await createSampleRun(stores().runs)).run.id;
      const pruned = await stores().runs.prune({ keep: 2, endedBefore: 0 });
      expect([...pruned].sort()).toEqual(ids.slice(0, 2));
      expect(await idsLeft()).toEqual([active, ids[3], ids[2]]);
    });

    it('keeps what ended late enough', async () => {
      const old = await endedAt(999);
      const young = await endedAt(1000);
      const pruned = await stores().runs.prune({
        keep: ALL,
        endedBefore: 1000,
      });
      expect(pruned).toEqual([old]);
      expect(await idsLeft()).toEqual([young]);
    });

    it('never takes an active run', async () => {
      const { run } = await createSampleRun(stores().runs, { createdAt: 1 });
      expect(await stores().runs.prune({ keep: 0, endedBefore: ALL })).toEqual(
        [],
      );
      expect((await stores().runs.active())?.run).toEqual(run);
    });

    it('takes all of a run with it, and nothing of another', async () => {
      const { runs, logs } = stores();
      const lived: string[] = [];
      for (let count = 0; count < 2; count++) {
        const { run, lease } = await createSampleRun(runs);
        await logs.append(
          lease,
          sampleLines(1, 1200),
          new Map([['source', 'p']]),
        );
        const { events, snapshot } = ending(run);
        await runs.append(lease, events, snapshot);
        lived.push(run.id);
      }
      const [old, young] = lived;
      expect(await runs.prune({ keep: 1, endedBefore: 0 })).toEqual([old]);

      const range = { from: 1, to: ALL, limit: 2000 };
      expect(await runs.get(old)).toBeUndefined();
      expect(await runs.events(old, 0, 10)).toEqual([]);
      expect(await logs.read(old, range)).toEqual([]);
      expect(await logs.lastLine(old)).toBe(0);
      expect(await logs.resumePoints(old)).toEqual(new Map());

      expect(await runs.events(young, 0, 10)).toHaveLength(1);
      expect(await logs.read(young, range)).toHaveLength(1200);
      expect(await logs.resumePoints(young)).toEqual(
        new Map([['source', 'p']]),
      );
    });

    it('forgets the idempotency key too', async () => {
      const { runs } = stores();
      const options = {
        owner: OWNER,
        leaseMs: LONG_LEASE_MS,
        idempotencyKey: 'form-1',
      };
      const created = await runs.create(sampleSpec(), options);
      if (created.type !== 'created') {
        throw new Error('The store was not empty');
      }
      const { events, snapshot } = ending(created.stored.run);
      await runs.append(created.lease, events, snapshot);
      await runs.prune({ keep: 0, endedBefore: 0 });
      expect(await runs.create(sampleSpec(), options)).toMatchObject({
        type: 'created',
      });
    });

    it('takes many runs, each once, also when two prune together', async () => {
      const ids = [];
      for (let count = 0; count < 50; count++) {
        ids.push(await endedAt(1000));
      }
      const both = await Promise.all([
        stores().runs.prune({ keep: 5, endedBefore: 0 }),
        stores().runs.prune({ keep: 5, endedBefore: 0 }),
      ]);
      expect(both.flat().sort()).toEqual(ids.slice(0, 45));
      expect(await idsLeft()).toEqual(ids.slice(45).reverse());
    });
  });
}
