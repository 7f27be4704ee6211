import { NOMINAL_DURATIONS } from './durations';
import { DEFAULT_FOOTPRINT, forecast } from './forecast';
import type { RunEventBody } from './event';
import { timeLeft } from './timeLeft';
import {
  asForecast,
  exitedAt,
  launchedAt,
  moved,
  runAfter,
  second,
} from './testing/story';

const expected = (batchCount: number, slots: number) =>
  forecast({
    engine: 'kubernetes',
    batchCount,
    footprint: DEFAULT_FOOTPRINT,
    capacity: { basis: 'slots', at: 0, slots },
    durations: NOMINAL_DURATIONS.kubernetes,
  });

/** One batch on one slot: GENERATE 14-19, ANALYZE 25-28, REPORT 34-35. */
const one = expected(1, 1);
const running = (...events: RunEventBody[]) =>
  runAfter(1, launchedAt(1), ...events);

describe('timeLeft', () => {
  it.each([
    [1, 1],
    [5, 5],
    [5, 2],
    [12, 4],
  ])('counts down while %i batches on %i slots go as forecast', (n, slots) => {
    const predicted = expected(n, slots);
    const lastStart = predicted.spans[2 * n].from;
    for (let now = 14; now <= lastStart; now += 1) {
      const left = timeLeft(asForecast(predicted, now), predicted, second(now));
      const rest = predicted.durationSeconds - now;
      // Between two tasks nobody sees that the next one is under way.
      expect(left).toBeGreaterThanOrEqual(rest - 0.001);
      expect(left).toBeLessThanOrEqual(
        rest + predicted.durations.stepSeconds + 0.001,
      );
    }
  });

  it('says nothing in the first 10 s', () => {
    const run = running(moved('GENERATE:1', 'running'));
    expect(timeLeft(run, one, second(9.9))).toBeUndefined();
    expect(timeLeft(run, one, second(10))).toBeDefined();
  });

  it.each([
    ['queued', runAfter(1)],
    ['starting', running()],
    [
      'cancelling',
      running({ type: 'CancelAsked', at: second(2), by: 'user:a/b' }),
    ],
    [
      'finishing',
      running(
        moved('GENERATE:1', 'running'),
        exitedAt(3, { type: 'succeeded' }),
      ),
    ],
  ])('says nothing while %s', (phase, run) => {
    expect(run.phase).toBe(phase);
    expect(timeLeft(run, one, second(20))).toBeUndefined();
  });

  it('knows what a starting task has behind it', () => {
    const run = running(
      moved('GENERATE:1', 'starting', { startingAt: second(10) }),
    );
    // 2 more seconds to start, 5 to run, then ANALYZE and REPORT.
    expect(timeLeft(run, one, second(14))).toBe(2 + 5 + 6 + 3 + 6 + 1);
    expect(timeLeft(run, one, second(99))).toBe(0 + 5 + 6 + 3 + 6 + 1);
  });

  it('takes what is overdue to end in a moment', () => {
    const run = running(
      moved('GENERATE:1', 'running', { runningAt: second(14) }),
    );
    expect(timeLeft(run, one, second(500))).toBe(1 + 6 + 3 + 6 + 1);
  });

  it('is never 0 while the run goes on', () => {
    const run = asForecast(one, 35);
    expect(run.tasks.every(({ phase }) => phase === 'succeeded')).toBe(true);
    expect(timeLeft(run, one, second(40))).toBe(1);
  });

  it('believes this run more than the forecast', () => {
    const two = expected(2, 2);
    const run = runAfter(
      2,
      launchedAt(1),
      moved('GENERATE:1', 'succeeded', {
        runningAt: second(10),
        endedAt: second(30),
      }),
      moved('GENERATE:2', 'running', { runningAt: second(25) }),
    );
    // GENERATE took 20 s and not 5, so the other one has 15 s to go.
    expect(timeLeft(run, two, second(30))).toBe(15 + 6 + 3 + 6 + 1);
  });

  it('does without times that nobody saw', () => {
    const run = running(moved('GENERATE:1', 'running'));
    expect(timeLeft(run, one, second(20))).toBe(5 + 6 + 3 + 6 + 1);
  });

  it('goes on when the forecast did not fit', () => {
    const none = expected(1, 0);
    expect(none.verdict).toBe('cannot-fit');
    const run = running(moved('GENERATE:1', 'running'));
    expect(timeLeft(run, none, second(20))).toBe(21);
  });
});
