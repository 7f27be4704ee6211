import type { Fact } from '../ports/Engine';
import type { CurrentWorld } from './engineContract';
import {
  finished,
  followed,
  launched,
  observed,
  observedUntil,
  patience,
  removed,
  texts,
  writtenBy,
} from './engineRuns';

/** Its first task runs, or has run: one so short may never be seen running. */
const hasBegun = (fact: Fact) =>
  fact.type === 'task' && ['running', 'succeeded'].includes(fact.attempt.phase);

/** How every Engine ends and removes runs. */
export function removeContract(world: CurrentWorld): void {
  describe('remove', () => {
    it('ends a run in its middle, while its log is read to the end', async () => {
      const { engine } = world();
      const run = await launched(world(), 3);
      const reading = followed(engine, run);
      await observedUntil(engine, run, hasBegun);
      await removed(engine, run, 'logs');

      expect(texts(await reading)).toEqual(await writtenBy(world(), run));
      const end = (await observed(engine, run)).at(-1);
      expect(['driverExited', 'jobMissing']).toContain(end?.type);
      expect(end).not.toMatchObject({ outcome: { type: 'succeeded' } });
    });

    it('ends a run that has only just begun', async () => {
      const { engine } = world();
      const run = await launched(world(), 2);
      await removed(engine, run, 'nothing');

      expect(await engine.runIds(patience())).not.toContain(run.id);
    });

    it('removes a run that is over, whose log was being read', async () => {
      const { engine, another } = world();
      const run = await launched(world(), 1);
      const reading = followed(another(), run);
      await observed(engine, run);
      await removed(engine, run, 'logs');
      expect(texts(await reading)).toEqual(await writtenBy(world(), run));
      await removed(another(), run, 'nothing');

      expect(await engine.runIds(patience())).not.toContain(run.id);
      const facts = await observed(engine, run);
      expect(facts.map(({ type }) => type)).toEqual(['jobMissing']);
    });

    it("leaves another portal's run alone, in its middle", async () => {
      const { engine, foreign } = world();
      const run = await launched(world(), 3);
      const other = foreign();
      await observedUntil(engine, run, hasBegun);
      expect(await engine.left(run, patience())).not.toEqual([]);

      expect(await other.runIds(patience())).not.toContain(run.id);
      await removed(other, run, 'nothing');

      const end = (await observed(engine, run)).at(-1);
      expect(end).toMatchObject({ outcome: { type: 'succeeded' } });
      expect(await engine.runIds(patience())).toContain(run.id);
    });

    it('has nothing to do for a run that was never launched', async () => {
      const { engine, newRun } = world();
      const run = newRun(1);
      await removed(engine, run, 'nothing');

      expect(await engine.left(run, patience())).toEqual([]);
    });
  });
}

/** How every Engine reads reports. */
export function reportContract(world: CurrentWorld): void {
  describe('report', () => {
    it('is there when a run has succeeded', async () => {
      const { engine } = world();
      const run = await finished(world(), 3);

      expect(await engine.report(run, patience())).toMatchObject({
        type: 'report',
        report: { v: 1, batchCount: 3 },
      });
    });

    it('is missed with a reason', async () => {
      const { engine, newRun } = world();

      expect(await engine.report(newRun(1), patience())).toEqual({
        type: 'unreadable',
        message: expect.any(String),
      });
    });
  });
}
