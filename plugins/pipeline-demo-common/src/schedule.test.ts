import fc from 'fast-check';
import { plan } from './plan';
import { schedule, steps } from './schedule';

const SECONDS = { GENERATE: 5, ANALYZE: 3, REPORT: 1 };

describe('schedule', () => {
  it('runs each batch through, then the report', () => {
    const spans = schedule(steps(plan(1), SECONDS), {
      slots: 1,
      stepSeconds: 2,
      from: 10,
    });
    expect(spans).toEqual([
      { task: 'GENERATE:1', from: 12, to: 17 },
      { task: 'ANALYZE:1', from: 19, to: 22 },
      { task: 'REPORT', from: 24, to: 25 },
    ]);
  });

  it('serves first who waited longest, then who is first in the plan', () => {
    const spans = schedule(steps(plan(3), SECONDS), {
      slots: 2,
      stepSeconds: 0,
      from: 0,
    });
    const order = [...spans].sort((a, b) => a.from - b.from);
    expect(order.map(({ task, from }) => `${from} ${task}`)).toEqual([
      '0 GENERATE:1',
      '0 GENERATE:2',
      '5 GENERATE:3',
      '5 ANALYZE:1',
      '8 ANALYZE:2',
      '10 ANALYZE:3',
      '13 REPORT',
    ]);
  });

  it('goes on from what has begun', () => {
    const tasks = steps(plan(2), SECONDS).map(step =>
      step.id === 'GENERATE:1' ? { ...step, span: { from: -4, to: 1 } } : step,
    );
    const spans = schedule(tasks, { slots: 1, stepSeconds: 0, from: 0 });
    expect(spans[0]).toEqual({ task: 'GENERATE:1', from: -4, to: 1 });
    expect(spans[1]).toEqual({ task: 'GENERATE:2', from: 1, to: 6 });
  });

  it('starts nothing while more are at work than there are slots', () => {
    const tasks = steps(plan(3), SECONDS).map((step, index) =>
      index < 2 ? { ...step, span: { from: 0, to: 2 + index } } : step,
    );
    const spans = schedule(tasks, { slots: 1, stepSeconds: 0, from: 0 });
    expect(spans[2]).toEqual({ task: 'GENERATE:3', from: 3, to: 8 });
  });

  it('refuses a plan with a circle', () => {
    const circle = [
      { id: 'A', needs: ['B'], seconds: 1 },
      { id: 'B', needs: ['A'], seconds: 1 },
    ];
    expect(() =>
      schedule(circle, { slots: 1, stepSeconds: 0, from: 0 }),
    ).toThrow(/circle/);
  });

  it('never uses more slots than there are, nor starts a task too early', () => {
    const seconds = fc.integer({ min: 1, max: 50 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        fc.nat(5),
        fc.record({ GENERATE: seconds, ANALYZE: seconds, REPORT: seconds }),
        (batchCount, slots, stepSeconds, durations) => {
          const planned = plan(batchCount);
          const options = { slots, stepSeconds, from: 0 };
          const spans = schedule(steps(planned, durations), options);
          const of = new Map(spans.map(span => [span.task, span]));
          expect([...of.keys()]).toEqual(planned.tasks.map(({ id }) => id));
          for (const { from, to } of planned.edges) {
            expect(of.get(to)!.from).toBeGreaterThanOrEqual(
              of.get(from)!.to + stepSeconds,
            );
          }
          for (const { from } of spans) {
            const atWork = spans.filter(
              other => other.from - stepSeconds < from && from <= other.to - 1,
            );
            expect(atWork.length).toBeLessThanOrEqual(slots);
          }
        },
      ),
      { seed: 12, numRuns: 100 },
    );
  });
});
