import type { LogStore } from '../ports/LogStore';
import type { RunStore } from '../ports/RunStore';
import { createSampleRun, ending, sampleLines } from './sampleRuns';

const ALL = Number.MAX_SAFE_INTEGER;
const NONE: ReadonlyMap<string, string> = new Map();

interface Stores {
  readonly runs: RunStore;
  readonly logs: LogStore;
}

/** How every LogStore reads: pages by line number, of a bounded size. */
export function logReadContract(stores: () => Stores): void {
  describe('read', () => {
    it('cuts ranges and pages at any line', async () => {
      const { runs, logs } = stores();
      const { lease } = await createSampleRun(runs);
      for (const [from, to] of [
        [1, 10],
        [11, 11],
        [12, 1500],
      ]) {
        await logs.append(lease, sampleLines(from, to), NONE);
      }
      const cases = [
        { from: 1, to: ALL, limit: 5, expected: sampleLines(1, 5) },
        { from: 10, to: 12, limit: 100, expected: sampleLines(10, 12) },
        { from: 5, to: 1000, limit: 700, expected: sampleLines(5, 704) },
        { from: 1499, to: ALL, limit: 9, expected: sampleLines(1499, 1500) },
        { from: 0, to: 2, limit: 100, expected: sampleLines(1, 2) },
        { from: 1501, to: ALL, limit: 100, expected: [] },
        { from: 9, to: 8, limit: 100, expected: [] },
      ];
      for (const { expected, ...range } of cases) {
        expect(await logs.read(lease.runId, range)).toEqual(expected);
      }
    });

    it('does not mix runs', async () => {
      const { runs, logs } = stores();
      const first = await createSampleRun(runs);
      await logs.append(first.lease, sampleLines(1, 3), new Map([['s', '1']]));
      const { events, snapshot } = ending(first.run);
      await runs.append(first.lease, events, snapshot);
      const second = await createSampleRun(runs);
      await logs.append(second.lease, sampleLines(1, 1), new Map([['s', '2']]));

      const range = { from: 1, to: ALL, limit: 100 };
      expect(await logs.read(first.run.id, range)).toHaveLength(3);
      expect(await logs.read(second.run.id, range)).toHaveLength(1);
      expect(await logs.resumePoints(first.run.id)).toEqual(
        new Map([['s', '1']]),
      );
    });

    it('lets other work go on during a long read', async () => {
      const { runs, logs } = stores();
      const { lease } = await createSampleRun(runs);
      await logs.append(lease, sampleLines(1, 10), NONE);
      let othersHadATurn = false;
      setTimeout(() => {
        othersHadATurn = true;
      }, 1);
      let pages = 0;
      while (!othersHadATurn && pages < 1000) {
        await logs.read(lease.runId, { from: 1, to: 10, limit: 10 });
        pages += 1;
      }
      expect(othersHadATurn).toBe(true);
    });

    it('reads 100,000 lines in pages while more arrive', async () => {
      const { runs, logs } = stores();
      const { lease } = await createSampleRun(runs);
      const BATCH = 5000;
      const PAGE = 2000;
      const LAST = 100_000;
      const write = async () => {
        for (let line = 1; line < LAST; line += BATCH) {
          await logs.append(lease, sampleLines(line, line + BATCH - 1), NONE);
        }
      };
      const read = async () => {
        let last = 0;
        while (last < LAST) {
          const from = last + 1;
          const page = await logs.read(lease.runId, {
            from,
            to: ALL,
            limit: PAGE,
          });
          expect(page.length).toBeLessThanOrEqual(PAGE);
          expect(page.every(({ line }, at) => line === from + at)).toBe(true);
          last += page.length;
        }
        return last;
      };
      const [, seen] = await Promise.all([write(), read()]);
      expect(seen).toBe(LAST);
    });
  });
}
