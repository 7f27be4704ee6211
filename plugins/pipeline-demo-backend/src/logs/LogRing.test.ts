import type { LogLine } from 'backstage-plugin-pipeline-demo-common';
import type { LogStore } from '../ports/LogStore';
import { LogRing } from './LogRing';

const lease = { runId: 'r1', owner: 'me', epoch: 1 };
const nothing = new Map<string, string>();

function lines(from: number, to: number, text = 'x'.repeat(10)): LogLine[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({
    line: from + index,
    task: 'driver',
    at: 0,
    text,
  }));
}

/** A store that counts how often it is read. */
function setup(maxCharacters?: number) {
  const stored: LogLine[] = [];
  const store = {
    append: jest.fn(async (_lease, appended: readonly LogLine[]) => {
      stored.push(...appended);
    }),
    read: jest.fn(
      async (
        _runId: string,
        range: { from: number; to: number; limit: number },
      ) =>
        stored
          .filter(({ line }) => line >= range.from && line <= range.to)
          .slice(0, range.limit),
    ),
    lastLine: async () => stored.length,
    resumePoints: async () => nothing,
  } satisfies LogStore;
  return { store, ring: LogRing.create(store, maxCharacters) };
}

describe('LogRing', () => {
  it('reads what was just written without asking the store', async () => {
    const { store, ring } = setup();
    await ring.append(lease, lines(1, 3), nothing);
    await ring.append(lease, lines(4, 6), nothing);

    expect(await ring.read('r1', { from: 2, to: 5, limit: 9 })).toEqual(
      lines(2, 5),
    );
    expect(await ring.read('r1', { from: 1, to: 6, limit: 2 })).toEqual(
      lines(1, 2),
    );
    expect(store.read).not.toHaveBeenCalled();
  });

  it('asks the store for all that it does not remember', async () => {
    const { store, ring } = setup(100);
    for (let first = 1; first < 100; first += 3) {
      await ring.append(lease, lines(first, first + 2), nothing);
    }
    expect(await ring.read('r1', { from: 95, to: 99, limit: 9 })).toEqual(
      lines(95, 99),
    );
    expect(store.read).toHaveBeenCalledTimes(0);
    expect(await ring.read('r1', { from: 88, to: 92, limit: 9 })).toEqual(
      lines(88, 92),
    );
    expect(store.read).toHaveBeenCalledTimes(1);
    await ring.read('r1', { from: 98, to: 200, limit: 900 });
    await ring.read('r2', { from: 98, to: 99, limit: 9 });
    expect(store.read).toHaveBeenCalledTimes(3);
  });

  it('remembers nothing that was not stored', async () => {
    const { store, ring } = setup();
    store.append.mockRejectedValueOnce(new Error('lease lost'));
    await expect(ring.append(lease, lines(1, 3), nothing)).rejects.toThrow();

    expect(await ring.read('r1', { from: 1, to: 3, limit: 9 })).toEqual([]);
  });

  it('begins anew after a hole, and with another run', async () => {
    const { store, ring } = setup();
    await ring.append(lease, lines(1, 3), nothing);
    await ring.append(lease, [], new Map([['a', '1']]));
    await ring.append(lease, lines(6, 7, 'b'), nothing);
    expect(await ring.read('r1', { from: 6, to: 7, limit: 9 })).toEqual(
      lines(6, 7, 'b'),
    );
    expect(store.read).not.toHaveBeenCalled();
    await ring.read('r1', { from: 3, to: 6, limit: 9 });
    expect(store.read).toHaveBeenCalledTimes(1);

    const other = { ...lease, runId: 'r2' };
    await ring.append(other, lines(1, 2, 'c'), nothing);
    expect(await ring.read('r2', { from: 1, to: 2, limit: 9 })).toEqual(
      lines(1, 2, 'c'),
    );
    expect(store.read).toHaveBeenCalledTimes(1);
  });

  it('survives a line that is longer than all it may remember', async () => {
    const { ring } = setup(100);
    const long = lines(1, 1, 'x'.repeat(1_000));
    await ring.append(lease, long, nothing);
    await ring.append(lease, lines(2, 2), nothing);

    expect(await ring.read('r1', { from: 1, to: 1, limit: 9 })).toEqual(long);
    expect(await ring.read('r1', { from: 2, to: 2, limit: 9 })).toEqual(
      lines(2, 2),
    );
  });
});
