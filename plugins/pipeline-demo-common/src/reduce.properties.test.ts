import fc from 'fast-check';
import { DRIVER_PHASES } from './driver';
import type { RunEventBody, RunEventType } from './event';
import { newRun } from './plan';
import { reduce } from './reduce';
import { RUN_PHASES } from './run';
import type { Outcome, Run } from './run';
import { sameValue } from './sameValue';
import { TASK_PHASES } from './task';
import type { Attempt } from './task';
import { BROKEN_REDUCERS } from './testing/brokenReducers';
import { checkRun, checkStep, LEGAL, must } from './testing/reducerLaws';

type Reducer = typeof reduce;

/** The same sequences at each run; a failure prints it together with its path. */
const SEED = 1_057;
const RUNS = 2_000;

const CREATED_AT: Readonly<Record<string, number>> = { a: 1, b: 2, c: 2, d: 3 };
const SUCCEEDED: Outcome = { type: 'succeeded' };
const FAILED: Outcome = { type: 'failed', reason: 'lost', message: 'gone' };

const time = fc.integer({ min: 0, max: 9 });
const objects = fc.subarray(['process 1', 'process 2']);
const maybe = <T>(value: fc.Arbitrary<T>) =>
  fc.option(value, { nil: undefined, freq: 2 });

const attemptArb: fc.Arbitrary<Attempt> = fc
  .record({
    uid: fc.constantFrom('a', 'b', 'c', 'd'),
    phase: fc.constantFrom(
      ...TASK_PHASES.filter(
        (phase): phase is Attempt['phase'] => phase !== 'planned',
      ),
    ),
    runningAt: maybe(time),
    endedAt: maybe(time),
    exitCode: maybe(fc.constantFrom(0, 1)),
    reason: maybe(fc.constant({ code: 'NoFreeSlot', message: 'wait' })),
  })
  .map(attempt => ({ ...attempt, createdAt: CREATED_AT[attempt.uid] }));

const FIELDS: {
  readonly [T in RunEventType]: fc.Arbitrary<
    Omit<Extract<RunEventBody, { readonly type: T }>, 'type' | 'at'>
  >;
} = {
  Launched: fc.constant({}),
  TaskMoved: fc.record({
    task: fc.constantFrom('GENERATE:1', 'GENERATE:2', 'ANALYZE:1', 'REPORT'),
    attempt: attemptArb,
  }),
  DriverMoved: fc.record({
    driver: fc.record({
      phase: fc.constantFrom(...DRIVER_PHASES),
      since: time,
      node: maybe(fc.constantFrom('node-1', 'node-2')),
      place: fc.constant('pod-1'),
      reason: maybe(fc.constant({ code: 'Unschedulable', message: 'full' })),
    }),
  }),
  CancelAsked: fc.constant({ by: 'user:default/guest' }),
  DriverExited: fc.record({ outcome: fc.constantFrom(SUCCEEDED, FAILED) }),
  Deadline: fc.constant({ message: 'too long' }),
  JobMissing: fc.constant({ message: 'gone' }),
  LaunchRefused: fc.constant({ message: 'no' }),
  ObjectsLeft: fc.record({ objects }),
  NothingLeft: fc.constant({}),
  RemovalGivenUp: fc.record({ objects }),
  ReportRead: fc.constant({ report: { v: 1 } as never }),
  ReportUnreadable: fc.constant({ message: 'not JSON' }),
  Gap: fc.record({
    task: fc.constant('REPORT'),
    afterLine: fc.constant(0),
    from: time,
    to: time,
    reason: fc.constant('node gone'),
  }),
  LogsComplete: fc.record({ lastLine: time }),
  TakenOver: fc.record({ epoch: time }),
};
const EVENT_TYPES = Object.keys(FIELDS) as RunEventType[];

const eventOf = (type: RunEventType): fc.Arbitrary<RunEventBody> =>
  fc
    .tuple(time, FIELDS[type])
    .map(([at, fields]) => ({ type, at, ...fields } as RunEventBody));

/** Any facts in any order, with repeats; mostly after a begin that leads somewhere. */
const eventsArb: fc.Arbitrary<RunEventBody[]> = fc
  .tuple(
    fc.tuple(
      eventOf('Launched'),
      eventOf('TaskMoved'),
      fc.oneof(eventOf('CancelAsked'), eventOf('DriverExited')),
      eventOf('NothingLeft'),
    ),
    fc.nat(4),
    fc.array(
      fc.oneof(
        { weight: 2, arbitrary: eventOf('TaskMoved') },
        { weight: 1, arbitrary: eventOf('DriverMoved') },
        { weight: 2, arbitrary: fc.oneof(...EVENT_TYPES.map(eventOf)) },
      ),
      { maxLength: 20 },
    ),
  )
  .map(([begin, length, rest]) => [...begin.slice(0, length), ...rest]);

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

/** @returns the phases, cells and ways that were reached */
function check(reducer: Reducer, numRuns: number): ReadonlySet<string> {
  const reached = new Set<string>();
  const property = fc.property(
    eventsArb,
    fc.constantFrom(1, 2),
    (events, n) => {
      const start = newRun({
        id: 'r1',
        batchCount: n,
        engine: 'local',
        createdBy: 'user:default/guest',
        createdAt: 0,
        seed: 1,
      });
      const accepted: RunEventBody[] = [];
      let run: Run = frozen(start);
      for (const event of events) {
        const next = frozen(reducer(run, frozen(event)));
        reached.add(`${run.phase} | ${event.type}`);
        reached.add(`${run.phase} -> ${next.phase}`);
        if (next !== run) {
          checkStep(run, next);
          checkRun(next);
          must(reducer(next, event) === next, 'a repeated fact is no news');
          accepted.push(event);
        }
        run = next;
      }
      const stored: RunEventBody[] = JSON.parse(JSON.stringify(accepted));
      must(
        sameValue(stored.reduce(reducer, start), run),
        'the stored events make the same run',
      );
    },
  );
  fc.assert(property, { seed: SEED, numRuns });
  return reached;
}

describe('any facts, in any order, with repeats', () => {
  it('keep to the rules, and reach every phase, every cell and every way', () => {
    const reached = check(reduce, RUNS);
    const wanted = RUN_PHASES.flatMap(phase => [
      ...EVENT_TYPES.map(type => `${phase} | ${type}`),
      ...[phase, ...LEGAL[phase]].map(next => `${phase} -> ${next}`),
    ]);
    expect([...reached].sort()).toEqual(wanted.sort());
  });

  it.each(BROKEN_REDUCERS)(
    'a reducer that $what is found',
    ({ reducer, law }) => {
      let cause: unknown;
      try {
        check(reducer, RUNS);
      } catch (error) {
        cause = (error as Error).cause;
      }
      expect(cause).toMatchObject({ message: expect.stringContaining(law) });
    },
  );
});
