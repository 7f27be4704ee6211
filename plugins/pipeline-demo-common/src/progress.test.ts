import type { RunEventBody } from './event';
import { countTasks, progress } from './progress';
import { exitedAt, launchedAt, moved, runAfter, second } from './testing/story';

const READ: RunEventBody = {
  type: 'ReportRead',
  at: second(9),
  report: {
    v: 1,
    generatedAt: '2024-01-01T00:00:00Z',
    batchCount: 1,
    totals: { rows: 100, sum: 1, mean: 1, min: 1, max: 1 },
    batches: [],
  },
};
const SUCCEEDED = exitedAt(8, { type: 'succeeded' });
const NOTHING_LEFT: RunEventBody = { type: 'NothingLeft', at: second(10) };

describe('progress', () => {
  it('counts finished tasks over 2N+1', () => {
    const tasks = ['GENERATE:1', 'GENERATE:2', 'GENERATE:3', 'ANALYZE:1'];
    const run = runAfter(
      3,
      launchedAt(1),
      ...tasks.map(task => moved(task, 'succeeded')),
      moved('ANALYZE:2', 'running'),
    );
    expect(progress(run)).toEqual({ finished: 4, total: 7, percent: 57 });
  });

  it('rounds two of three down', () => {
    const done = ['GENERATE:1', 'ANALYZE:1'].map(id => moved(id, 'succeeded'));
    expect(progress(runAfter(1, launchedAt(1), ...done)).percent).toBe(66);
  });

  it('is 99 until the report is read', () => {
    const events = [launchedAt(1), SUCCEEDED];
    expect(progress(runAfter(1, ...events))).toMatchObject({
      finished: 3,
      percent: 99,
    });
    expect(progress(runAfter(1, ...events, NOTHING_LEFT)).percent).toBe(99);
    expect(progress(runAfter(1, ...events, READ)).percent).toBe(100);
    expect(progress(runAfter(1, ...events, READ, NOTHING_LEFT)).percent).toBe(
      100,
    );
  });

  it('is 100 when the report is known to be unreadable', () => {
    const run = runAfter(1, launchedAt(1), SUCCEEDED, {
      type: 'ReportUnreadable',
      at: second(9),
      message: 'not JSON',
    });
    expect(progress(run).percent).toBe(100);
  });

  it('does not count what failed or was cancelled', () => {
    const run = runAfter(
      1,
      launchedAt(1),
      moved('GENERATE:1', 'succeeded'),
      moved('ANALYZE:1', 'failed'),
      exitedAt(5, { type: 'failed', reason: 'task-failed', message: 'exit 1' }),
    );
    expect(progress(run)).toEqual({ finished: 1, total: 3, percent: 33 });
  });

  it('goes back only when a newer attempt reopens a finished task', () => {
    const done = [launchedAt(1), moved('GENERATE:1', 'succeeded')];
    const late = moved('GENERATE:1', 'running');
    expect(progress(runAfter(1, ...done, late)).finished).toBe(1);
    const newer = moved('GENERATE:1', 'running', {
      uid: 'other',
      createdAt: second(5),
    });
    expect(progress(runAfter(1, ...done, newer)).finished).toBe(0);
  });
});

describe('countTasks', () => {
  it('counts every task once', () => {
    const run = runAfter(
      3,
      launchedAt(1),
      moved('GENERATE:1', 'succeeded'),
      moved('GENERATE:2', 'failed'),
      moved('GENERATE:3', 'running'),
      moved('ANALYZE:1', 'starting'),
      moved('ANALYZE:2', 'waiting'),
    );
    expect(countTasks(run)).toEqual({
      total: 7,
      planned: 2,
      waiting: 1,
      starting: 1,
      running: 1,
      succeeded: 1,
      failed: 1,
      cancelled: 0,
    });
  });
});
