import { newRun, plan } from './plan';
import { BATCH_COUNT } from './run';
import { specOf } from './testing/story';

describe('plan', () => {
  it.each(Array.from({ length: BATCH_COUNT.max }, (_, index) => index + 1))(
    'has 2N+1 tasks and 2N edges for %i batches',
    n => {
      const { tasks, edges, batchCount } = plan(n);
      expect(batchCount).toBe(n);
      expect(new Set(tasks.map(({ id }) => id)).size).toBe(2 * n + 1);
      expect(edges).toHaveLength(2 * n);
      const ids = tasks.map(({ id }) => id);
      expect(
        edges.every(({ from, to }) => ids.indexOf(from) < ids.indexOf(to)),
      ).toBe(true);
    },
  );

  it('leads each batch through GENERATE and ANALYZE to REPORT', () => {
    const { tasks, edges } = plan(2);
    expect(tasks.map(({ id, process, batch }) => [id, process, batch])).toEqual(
      [
        ['GENERATE:1', 'GENERATE', 1],
        ['GENERATE:2', 'GENERATE', 2],
        ['ANALYZE:1', 'ANALYZE', 1],
        ['ANALYZE:2', 'ANALYZE', 2],
        ['REPORT', 'REPORT', undefined],
      ],
    );
    expect(edges.map(({ from, to }) => `${from} > ${to}`)).toEqual([
      'GENERATE:1 > ANALYZE:1',
      'ANALYZE:1 > REPORT',
      'GENERATE:2 > ANALYZE:2',
      'ANALYZE:2 > REPORT',
    ]);
  });

  it.each([0, 13, 2.5, -1, NaN, Infinity])('refuses %d batches', n => {
    expect(() => plan(n)).toThrow(
      new RangeError(`A run has 1 to 12 batches, not ${n}`),
    );
  });
});

describe('newRun', () => {
  it('is queued, with its plan and before its first event', () => {
    const run = newRun(specOf(3));
    expect(run).toMatchObject({ ...specOf(3), phase: 'queued', event: 0 });
    expect(run.tasks).toEqual(plan(3).tasks);
    expect(run.tasks.every(({ phase }) => phase === 'planned')).toBe(true);
  });
});
