import { TASK_PHASES, plan } from 'backstage-plugin-pipeline-demo-common';
import type { CurrentWorld } from './engineContract';
import {
  attemptsOf,
  finished,
  followed,
  launched,
  observed,
  patience,
  texts,
  writtenBy,
} from './engineRuns';

/** How every Engine launches. */
export function launchContract(world: CurrentWorld): void {
  describe('launch', () => {
    it('starts a run once, however often and by whomever it is called', async () => {
      const { engine, another, newRun } = world();
      const run = newRun(2);
      await Promise.all(
        [engine, another(), engine].map(one => one.launch(run, patience())),
      );
      await another().launch(run, patience());
      const facts = await observed(engine, run);
      await engine.launch(run, patience());

      const again = await observed(engine, run);
      for (const { id } of plan(2).tasks) {
        const uids = attemptsOf([...facts, ...again], id).map(({ uid }) => uid);
        expect(new Set(uids).size).toBe(1);
      }
      expect(texts(await followed(engine, run))).toEqual(
        await writtenBy(world(), run),
      );
    });

    it('makes a run that can be found, and holds something', async () => {
      const { engine } = world();
      const signal = patience();
      let left: readonly string[] = [];
      // A quick run may be over before anyone looks: then another one is made.
      while (left.length === 0) {
        signal.throwIfAborted();
        const run = await launched(world(), 12);
        left = await engine.left(run, signal);
        expect(await engine.runIds(signal)).toContain(run.id);
      }
    });
  });
}

/** How every Engine observes. */
export function factsContract(world: CurrentWorld): void {
  describe('observe', () => {
    it('tells the way of each task, and the end of the driver last', async () => {
      const { engine } = world();
      const run = await launched(world(), 3);
      const facts = await observed(engine, run);

      const types = facts.map(({ type }) => type);
      expect(types.indexOf('driverExited')).toBe(types.length - 1);
      expect(types).toContain('seen');
      expect(facts.at(-1)).toMatchObject({ outcome: { type: 'succeeded' } });
      for (const { id } of plan(3).tasks) {
        const attempts = attemptsOf(facts, id);
        const steps = attempts.map(({ phase }) => TASK_PHASES.indexOf(phase));
        expect(steps).toEqual([...steps].sort((a, b) => a - b));
        expect(attempts.at(-1)).toMatchObject({
          phase: 'succeeded',
          exitCode: 0,
        });
        const { runningAt = 0, endedAt = 0 } = attempts.at(-1) ?? {};
        expect(runningAt).toBeGreaterThanOrEqual(wholeSecond(run.createdAt));
        expect(endedAt).toBeGreaterThanOrEqual(runningAt);
      }
    });

    it('begins with the whole present state, each time', async () => {
      const { engine, another } = world();
      const run = await finished(world(), 2);
      const first = await observed(engine, run);
      const second = await observed(another(), run);

      for (const { id } of plan(2).tasks) {
        const newest = attemptsOf(first, id).at(-1);
        expect(newest).toMatchObject({ phase: 'succeeded' });
        expect(attemptsOf(second, id).at(-1)).toEqual(newest);
      }
      expect(second.at(-1)).toEqual(first.at(-1));
    });

    it('stops when it is told to, and another goes on', async () => {
      const { engine, another } = world();
      const run = await launched(world(), 1);
      const stop = new AbortController();
      for await (const fact of engine.observe(run, stop.signal)) {
        expect(fact.type).not.toBe('driverExited');
        stop.abort();
      }

      const facts = await observed(another(), run);
      expect(facts.at(-1)).toMatchObject({ outcome: { type: 'succeeded' } });
    });

    it('misses a run that was never launched', async () => {
      const { engine, newRun } = world();
      const facts = await observed(engine, newRun(1));

      expect(facts.map(({ type }) => type)).toEqual(['jobMissing']);
    });
  });
}

/** The clocks of some sources know no parts of a second. */
function wholeSecond(at: number): number {
  return Math.floor(at / 1000) * 1000;
}
