import {
  after,
  aPreview,
  launched,
  moved,
  runAfter,
  succeeding,
} from '../__testUtils__/runs';
import {
  expectedPeak,
  heldByOthers,
  resourcesOf,
  tasksWaiting,
  usageOf,
} from './usage';

const events = [
  launched,
  moved('GENERATE:1', 'succeeded', { running: 1, ended: 6 }),
  moved('GENERATE:2', 'succeeded', { running: 2, ended: 7 }),
  moved('GENERATE:3', 'running', { running: 6 }),
  moved('ANALYZE:1', 'waiting'),
];

describe('usageOf', () => {
  it('counts what is at work, and the peak so far; one that ends makes room for the next', () => {
    expect(usageOf(runAfter(3, events), after(8))).toEqual({
      tone: 'live',
      tasks: 1,
      holds: true,
      peak: { tasks: 2, process: 'GENERATE' },
    });
    expect(tasksWaiting(runAfter(3, events))).toBe(1);
  });

  it('holds nothing before it was launched', () => {
    expect(usageOf(runAfter(3), after(1))).toEqual({
      tone: 'live',
      tasks: 0,
      holds: false,
      peak: undefined,
    });
  });

  it('expects as many at once as there is room for', () => {
    const forecast = aPreview(3);
    expect(expectedPeak(forecast)).toEqual({
      tasks: forecast.parallelSlots,
      process: 'GENERATE',
    });
    expect(expectedPeak({ ...forecast, parallelSlots: 0 }).tasks).toBe(1);
  });

  it('tells the peak when it is over', () => {
    const run = runAfter(3, [...events, ...succeeding(3).slice(1)]);
    expect(usageOf(run, after(10))).toMatchObject({ tone: 'past', tasks: 2 });
    expect(tasksWaiting(run)).toBe(0);
  });

  it('adds the driver', () => {
    const { kubernetes } = aPreview(3);
    expect(kubernetes && resourcesOf(kubernetes, 3).cpu).toBe(5);
  });
});

describe('heldByOthers', () => {
  const inUse = (cpu: number, seenAt = 8) => {
    const forecast = aPreview(3).kubernetes!;
    const used = { cpu, memory: cpu * 1e9 };
    const at = after(seenAt);
    return { ...forecast, capacity: { ...forecast.capacity, used, at } };
  };

  it('is what is in use without what this run uses', () => {
    const run = runAfter(3, events);
    const usage = usageOf(run, after(8));
    expect(heldByOthers(run, inUse(5), usage).cpu).toBe(2);
    expect(heldByOthers(run, inUse(1), usage).cpu).toBe(0);
  });

  it('does not grow when a task ends after use was seen', () => {
    const run = runAfter(3, events);
    // Two tasks were at work then, and the driver; now there is one.
    const usage = usageOf(run, after(8));
    expect(heldByOthers(run, inUse(7, 4), usage).cpu).toBe(3);
    // Not launched then: all of it was others'.
    expect(heldByOthers(run, inUse(3, 0.2), usage).cpu).toBe(3);
  });

  it('is, of a run that is over, what was in use when it was asked for', () => {
    const run = runAfter(3, [...events, ...succeeding(3).slice(1)]);
    const usage = usageOf(run, after(10));
    const asked = { ...run, predicted: inUse(1) };
    expect(heldByOthers(asked, inUse(5), usage).cpu).toBe(1);
    expect(heldByOthers(run, inUse(5), usage).cpu).toBe(0);
  });
});
