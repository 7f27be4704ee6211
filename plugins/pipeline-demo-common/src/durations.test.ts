import {
  durationsFrom,
  median,
  NOMINAL_DURATIONS,
  pastDurations,
} from './durations';
import { reduce } from './reduce';
import type { Run } from './run';
import { exitedAt, launchedAt, moved, runAfter, second } from './testing/story';

/** A run of one batch that succeeded, with GENERATE taking this long. */
function succeeded(start: number, generate: number): Run {
  const task = (id: string, from: number, to: number) =>
    moved(id, 'succeeded', { runningAt: second(from), endedAt: second(to) });
  const run = runAfter(
    1,
    launchedAt(0),
    task('GENERATE:1', start, start + generate),
    task('ANALYZE:1', 20, 24),
    task('REPORT', 30, 31.5),
    exitedAt(32, { type: 'succeeded' }),
  );
  return reduce(run, { type: 'NothingLeft', at: second(33) });
}

describe('pastDurations', () => {
  it('gives the medians of runs that succeeded', () => {
    const failed = runAfter(
      1,
      launchedAt(0),
      moved('GENERATE:1', 'succeeded', {
        runningAt: second(1),
        endedAt: second(90),
      }),
      exitedAt(91, { type: 'failed', reason: 'lost', message: 'gone' }),
      { type: 'NothingLeft', at: second(92) },
    );
    const runs = [succeeded(2, 5), failed, succeeded(4, 7), succeeded(3, 60)];
    expect(pastDurations(runs)).toEqual({
      runs: 3,
      seconds: { GENERATE: 7, ANALYZE: 4, REPORT: 1.5 },
      startSeconds: 3,
    });
  });

  it('knows nothing without a succeeded run', () => {
    expect(pastDurations([])).toBeUndefined();
    expect(pastDurations([runAfter(1, launchedAt(0))])).toBeUndefined();
  });

  it('knows nothing when a process was never seen from start to end', () => {
    const run = runAfter(
      1,
      launchedAt(0),
      moved('GENERATE:1', 'running', { runningAt: second(1) }),
      exitedAt(32, { type: 'succeeded' }),
      { type: 'NothingLeft', at: second(33) },
    );
    expect(run.phase).toBe('succeeded');
    expect(pastDurations([run])).toBeUndefined();
  });

  it('does not go below 0 when the clock of the engine is behind', () => {
    expect(pastDurations([succeeded(-3, 5)])?.startSeconds).toBe(0);
  });

  it('leaves out a task that seems to end before it began', () => {
    const past = pastDurations([succeeded(2, -5), succeeded(2, 5)]);
    expect(past?.seconds.GENERATE).toBe(5);
  });
});

describe('durationsFrom', () => {
  it('is nominal without a past', () => {
    expect(durationsFrom(undefined, 'local')).toBe(NOMINAL_DURATIONS.local);
    expect(durationsFrom(undefined, 'kubernetes').basis.type).toBe('nominal');
  });

  it('takes the measured ones, and the steps of the engine', () => {
    const past = pastDurations([succeeded(2, 5)])!;
    expect(durationsFrom(past, 'kubernetes')).toEqual({
      basis: { type: 'history', runs: 1 },
      seconds: past.seconds,
      startSeconds: 2,
      stepSeconds: NOMINAL_DURATIONS.kubernetes.stepSeconds,
    });
  });
});

it.each([
  [[], undefined],
  [[3], 3],
  [[3, 1, 10], 3],
  [[10, 2, 1, 4], 3],
])('the median of %j is %s', (values, middle) => {
  expect(median(values)).toBe(middle);
});
