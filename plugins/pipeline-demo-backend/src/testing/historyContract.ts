import { InputError } from '@backstage/errors';
import type { RunStore } from '../ports/RunStore';
import { createEndedRun, sampleSpec, withDurations } from './sampleRuns';

/** What every RunStore knows of its past runs. */
export function historyContract(store: () => RunStore): void {
  describe('history', () => {
    it('pages without holes or repeats while runs arrive', async () => {
      const ids: string[] = [];
      for (let count = 0; count < 7; count++) {
        // Each by a process whose clock is behind that of the one before.
        const createdAt = 1000 - count;
        ids.push((await createEndedRun(store(), { createdAt })).id);
      }
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await store().history({ limit: 2, cursor });
        expect(page.runs.length).toBeLessThanOrEqual(2);
        seen.push(...page.runs.map(({ run }) => run.id));
        cursor = page.nextCursor;
        await createEndedRun(store());
      } while (cursor);
      expect(seen).toEqual([...ids].reverse());
    });

    it('knows the newest, whatever the clock of its process said', async () => {
      await createEndedRun(store(), { createdAt: 5000 });
      const newest = await createEndedRun(store(), { createdAt: 1000 });
      expect((await store().latest())?.run.id).toBe(newest.id);
    });

    it('has no next page after the last run', async () => {
      await createEndedRun(store());
      await createEndedRun(store());
      expect((await store().history({ limit: 2 })).nextCursor).toBeUndefined();
      expect((await store().history({ limit: 1 })).nextCursor).toBeDefined();
    });

    it('filters, and keeps the filter over pages', async () => {
      const mine = { createdBy: 'user:default/me', entityRef: 'component:a/b' };
      const wanted = await createEndedRun(store(), mine, { phase: 'failed' });
      await createEndedRun(store(), mine);
      await createEndedRun(store(), { engine: 'kubernetes' });
      const ids = async (filter: Partial<Parameters<RunStore['history']>[0]>) =>
        (await store().history({ limit: 10, ...filter })).runs.map(
          ({ run }) => run.id,
        );
      expect(await ids({})).toHaveLength(3);
      expect(await ids({ createdBy: mine.createdBy })).toHaveLength(2);
      expect(await ids({ entityRef: mine.entityRef })).toHaveLength(2);
      expect(await ids({ engine: 'kubernetes' })).toHaveLength(1);
      expect(await ids({ phase: 'failed' })).toEqual([wanted.id]);
      const page = await store().history({
        limit: 1,
        entityRef: mine.entityRef,
      });
      expect(
        await ids({ entityRef: mine.entityRef, cursor: page.nextCursor }),
      ).toEqual([wanted.id]);
    });

    it.each([
      ['nothing', ''],
      ['a word', 'next'],
      ['another document', Buffer.from('{"at":1}').toString('base64url')],
      ['too little', Buffer.from('[1]').toString('base64url')],
      ['words', Buffer.from('["1","r1"]').toString('base64url')],
    ])('refuses a cursor that is %s', async (_, cursor) => {
      await expect(
        store().history({ limit: 1, cursor }),
      ).rejects.toBeInstanceOf(InputError);
    });
  });
}

/** Durations of past runs, in every RunStore. */
export function durationContract(store: () => RunStore): void {
  describe('pastDurations', () => {
    const succeed = async (
      seconds: number,
      engine: 'local' | 'kubernetes' = 'local',
    ) => {
      const spec = sampleSpec({ engine });
      await createEndedRun(store(), spec, withDurations(spec, seconds));
    };

    it('knows nothing without a run that succeeded on the engine', async () => {
      await succeed(5, 'kubernetes');
      const spec = sampleSpec();
      await createEndedRun(store(), spec, {
        ...withDurations(spec, 5),
        phase: 'failed',
      });
      expect(await store().pastDurations('local', 10)).toBeUndefined();
    });

    it('looks at the newest runs only', async () => {
      await succeed(900);
      await succeed(5);
      await succeed(7);
      await succeed(9);
      expect(await store().pastDurations('local', 3)).toMatchObject({
        runs: 3,
        seconds: { GENERATE: 7, ANALYZE: 7, REPORT: 7 },
      });
    });
  });
}
