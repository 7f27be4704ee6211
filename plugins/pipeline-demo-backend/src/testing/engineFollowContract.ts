import type { CurrentWorld } from './engineContract';
import {
  finished,
  followed,
  followedInTurns,
  launched,
  patience,
  texts,
  writtenBy,
} from './engineRuns';

/** How every Engine follows the output of a run. */
export function followContract(world: CurrentWorld): void {
  describe('follow', () => {
    it('gives every line once and in order while the run goes on', async () => {
      const run = await launched(world(), 3);
      const log = await followed(world().engine, run);

      expect(texts(log)).toEqual(await writtenBy(world(), run));
      expect(Object.keys(log)).toHaveLength(8);
    });

    it.each([1, 7])(
      'goes on where it was interrupted, every %d chunks, with the same lines and times',
      async chunks => {
        const { engine, another } = world();
        const run = await launched(world(), 2);
        const log = await followedInTurns([engine, another()], run, chunks);

        expect(texts(log)).toEqual(await writtenBy(world(), run));
        expect(log).toEqual(await followed(another(), run));
      },
    );

    it('gives the lines times that do not go back within a source', async () => {
      const run = await finished(world(), 2);
      const log = await followed(world().engine, run);

      for (const lines of Object.values(log)) {
        const times = lines.map(({ at }) => at);
        expect(times).toEqual([...times].sort((a, b) => a - b));
        expect(times[0]).toBeGreaterThanOrEqual(run.createdAt);
      }
    });

    it('stops when it is told to', async () => {
      const { engine } = world();
      const run = await launched(world(), 1);
      const stop = new AbortController();
      let chunks = 0;
      for await (const chunk of engine.follow(run, new Map(), stop.signal)) {
        expect(chunk.type).toBe('lines');
        chunks += 1;
        stop.abort();
      }

      expect(chunks).toBe(1);
    });

    it('ends with nothing for a run that was never launched', async () => {
      const { engine, newRun } = world();
      const follow = engine.follow(newRun(1), new Map(), patience());

      expect(await follow[Symbol.asyncIterator]().next()).toEqual({
        done: true,
        value: undefined,
      });
    });
  });
}
