import type { LogLine, Run } from 'backstage-plugin-pipeline-demo-common';
import type { LogStore } from '../ports/LogStore';
import { LeaseLostError, type Lease, type RunStore } from '../ports/RunStore';
import {
  LONG_LEASE_MS,
  ODD_TEXTS,
  createSampleRun,
  launched,
  sampleLines,
} from './sampleRuns';

const ALL = Number.MAX_SAFE_INTEGER;
const NONE: ReadonlyMap<string, string> = new Map();

interface Stores {
  readonly runs: RunStore;
  readonly logs: LogStore;
}

/** How every LogStore appends: dense lines, and resume points with them. */
export function logAppendContract(stores: () => Stores): void {
  describe('append of lines', () => {
    let runs: RunStore;
    let logs: LogStore;
    let run: Run;
    let lease: Lease;
    beforeEach(async () => {
      ({ runs, logs } = stores());
      ({ run, lease } = await createSampleRun(runs, {}, 0));
    });

    const readAll = () =>
      logs.read(lease.runId, { from: 1, to: ALL, limit: 100_000 });

    it('starts with nothing', async () => {
      expect(await readAll()).toEqual([]);
      expect(await logs.lastLine(lease.runId)).toBe(0);
      expect(await logs.lastLine('r0')).toBe(0);
      expect(await logs.resumePoints(lease.runId)).toEqual(new Map());
    });

    it('keeps lines and the newest resume points', async () => {
      await logs.append(
        lease,
        sampleLines(1, 3),
        new Map([
          ['pod-a', 'a1'],
          ['pod-b', 'b1'],
        ]),
      );
      await logs.append(lease, sampleLines(4, 4), new Map([['pod-a', 'a2']]));
      expect(await readAll()).toEqual(sampleLines(1, 4));
      expect(await logs.lastLine(lease.runId)).toBe(4);
      expect((await runs.get(lease.runId))?.lastLine).toBe(4);
      expect(await logs.resumePoints(lease.runId)).toEqual(
        new Map([
          ['pod-a', 'a2'],
          ['pod-b', 'b1'],
        ]),
      );
    });

    it('grows beside the events of the run', async () => {
      await logs.append(lease, sampleLines(1, 2), NONE);
      const { events, snapshot } = launched(run);
      await runs.append(lease, events, snapshot);
      await logs.append(lease, sampleLines(3, 3), NONE);
      expect(await runs.get(run.id)).toEqual({
        run: snapshot,
        epoch: 1,
        lastLine: 3,
      });
    });

    it('moves resume points without a line', async () => {
      await logs.append(lease, [], new Map([['pod-a', 'a1']]));
      await logs.append(lease, [], NONE);
      expect(await logs.lastLine(lease.runId)).toBe(0);
      expect(await logs.resumePoints(lease.runId)).toEqual(
        new Map([['pod-a', 'a1']]),
      );
    });

    it('keeps any text as it is', async () => {
      const lines = ODD_TEXTS.map(
        (text, index): LogLine => ({
          line: index + 1,
          task: 'driver',
          at: 1_700_000_000_000.25,
          text,
          ...(index % 2 ? { cut: 10_000_000 } : {}),
        }),
      );
      await logs.append(lease, lines, NONE);
      expect(await readAll()).toEqual(lines);
    });

    it('writes nothing under an old epoch', async () => {
      await logs.append(lease, sampleLines(1, 2), new Map([['pod-a', 'a1']]));
      const taken = await runs.takeLease(lease.runId, 'owner-b', LONG_LEASE_MS);
      const points = new Map([
        ['pod-a', 'a2'],
        ['pod-b', 'b1'],
      ]);
      for (const lines of [sampleLines(3, 3), sampleLines(2, 2), []]) {
        await expect(logs.append(lease, lines, points)).rejects.toBeInstanceOf(
          LeaseLostError,
        );
      }
      expect(await readAll()).toEqual(sampleLines(1, 2));
      expect(await logs.lastLine(lease.runId)).toBe(2);
      expect(await logs.resumePoints(lease.runId)).toEqual(
        new Map([['pod-a', 'a1']]),
      );
      await logs.append(taken!, sampleLines(3, 3), NONE);
      expect(await readAll()).toEqual(sampleLines(1, 3));
    });

    it('writes lines and resume points together or not at all', async () => {
      await logs.append(lease, sampleLines(1, 2), new Map([['pod-a', 'a1']]));
      const broken = new Map([
        ['pod-a', 'a2'],
        ['pod-b', undefined as unknown as string],
      ]);
      await expect(
        logs.append(lease, sampleLines(3, 1100), broken),
      ).rejects.toThrow();
      expect(await readAll()).toEqual(sampleLines(1, 2));
      expect(await logs.lastLine(lease.runId)).toBe(2);
      expect(await logs.resumePoints(lease.runId)).toEqual(
        new Map([['pod-a', 'a1']]),
      );
    });

    it('refuses lines that do not follow, and writes nothing', async () => {
      await logs.append(lease, sampleLines(1, 3), new Map([['pod-a', 'a1']]));
      const points = new Map([['pod-a', 'a2']]);
      const refused = [
        sampleLines(5, 6),
        sampleLines(3, 4),
        sampleLines(1, 2),
        sampleLines(1, 3),
        [...sampleLines(4, 4), ...sampleLines(6, 6)],
        [...sampleLines(4, 5), ...sampleLines(5, 5)],
      ];
      for (const lines of refused) {
        await expect(logs.append(lease, lines, points)).rejects.toThrow(
          /is at .* line 3|have a hole/,
        );
      }
      expect(await readAll()).toEqual(sampleLines(1, 3));
      expect(await logs.resumePoints(lease.runId)).toEqual(
        new Map([['pod-a', 'a1']]),
      );
    });

    it('stops at the moment another owner takes the lease', async () => {
      const MANY = 3000;
      const write = async () => {
        for (let line = 1; line <= MANY; line++) {
          await logs.append(lease, sampleLines(line, line), NONE);
        }
      };
      const ended = write().catch(error => error);
      // Until the writer is well under way.
      for (let looks = 0; looks < MANY; looks++) {
        if ((await logs.lastLine(lease.runId)) >= 5) {
          break;
        }
      }
      await runs.takeLease(lease.runId, 'owner-b', LONG_LEASE_MS);
      const atTakeover = await logs.lastLine(lease.runId);
      expect(await ended).toBeInstanceOf(LeaseLostError);
      expect(await logs.lastLine(lease.runId)).toBe(atTakeover);
      expect(await readAll()).toEqual(sampleLines(1, atTakeover));
    });
  });
}
