import type { RunEventBody, RunEventType } from './event';
import { newRun } from './plan';
import { reduce } from './reduce';
import type { Outcome, Run, RunPhase } from './run';
import { RUN_PHASES } from './run';
import type { Attempt } from './task';

const CREATED_AT = 1_000_000;

const FAILED: Outcome = {
  type: 'failed',
  reason: 'task-failed',
  message: 'ANALYZE:2 failed',
};

const attempt = (changes: Partial<Attempt> = {}): Attempt => ({
  uid: 'a',
  createdAt: CREATED_AT + 10,
  phase: 'running',
  ...changes,
});

const moved = (task: string, changes: Partial<Attempt> = {}): RunEventBody => ({
  type: 'TaskMoved',
  at: CREATED_AT + 20,
  task,
  attempt: attempt(changes),
});

const exited = (outcome: Outcome): RunEventBody => ({
  type: 'DriverExited',
  at: CREATED_AT + 30,
  outcome,
});

const LAUNCHED: RunEventBody = { type: 'Launched', at: CREATED_AT + 1 };
const CANCEL: RunEventBody = {
  type: 'CancelAsked',
  at: CREATED_AT + 25,
  by: 'user:default/guest',
};
const NOTHING_LEFT: RunEventBody = {
  type: 'NothingLeft',
  at: CREATED_AT + 40,
};

/** A run of two batches after these events, each of which must change it. */
function after(...events: RunEventBody[]): Run {
  const start = newRun({
    id: 'r1',
    batchCount: 2,
    engine: 'local',
    createdBy: 'user:default/guest',
    createdAt: CREATED_AT,
    seed: 7,
  });
  return events.reduce((run, event) => {
    const next = reduce(run, event);
    expect(next).not.toBe(run);
    return next;
  }, start);
}

const RUNNING = [LAUNCHED, moved('GENERATE:1')];
const SUCCEEDING = [...RUNNING, exited({ type: 'succeeded' })];
const CANCELLING = [...RUNNING, CANCEL];

const RUN_IN: Readonly<Record<RunPhase, () => Run>> = {
  queued: () => after(),
  starting: () => after(LAUNCHED),
  running: () => after(...RUNNING),
  finishing: () => after(...SUCCEEDING),
  cancelling: () => after(...CANCELLING),
  succeeded: () => after(...SUCCEEDING, NOTHING_LEFT),
  failed: () => after(...RUNNING, exited(FAILED), NOTHING_LEFT),
  cancelled: () => after(...CANCELLING, NOTHING_LEFT),
};

/** One event of each type that says something new wherever it is legal. */
const EVENT: Readonly<Record<RunEventType, RunEventBody>> = {
  Launched: { type: 'Launched', at: CREATED_AT + 100 },
  TaskMoved: moved('GENERATE:1', {
    phase: 'succeeded',
    endedAt: CREATED_AT + 90,
  }),
  CancelAsked: { type: 'CancelAsked', at: CREATED_AT + 100, by: 'user:a/b' },
  DriverExited: {
    type: 'DriverExited',
    at: CREATED_AT + 100,
    outcome: FAILED,
  },
  Deadline: { type: 'Deadline', at: CREATED_AT + 100, message: 'too long' },
  JobMissing: { type: 'JobMissing', at: CREATED_AT + 100, message: 'gone' },
  LaunchRefused: { type: 'LaunchRefused', at: CREATED_AT + 100, message: 'no' },
  ObjectsLeft: {
    type: 'ObjectsLeft',
    at: CREATED_AT + 100,
    objects: ['process 7 (GENERATE:1)'],
  },
  NothingLeft: { type: 'NothingLeft', at: CREATED_AT + 100 },
  RemovalGivenUp: {
    type: 'RemovalGivenUp',
    at: CREATED_AT + 100,
    objects: ['process 7 (GENERATE:1)'],
  },
  ReportRead: {
    type: 'ReportRead',
    at: CREATED_AT + 100,
    report: {
      v: 1,
      generatedAt: '2024-01-01T00:00:00Z',
      batchCount: 2,
      totals: { rows: 200, sum: 1, mean: 1, min: 1, max: 1 },
      batches: [],
    },
  },
  ReportUnreadable: {
    type: 'ReportUnreadable',
    at: CREATED_AT + 100,
    message: 'not JSON',
  },
  Gap: {
    type: 'Gap',
    at: CREATED_AT + 100,
    task: 'GENERATE:1',
    afterLine: 3,
    from: 1,
    to: 2,
    reason: 'node gone',
  },
  LogsComplete: { type: 'LogsComplete', at: CREATED_AT + 100, lastLine: 9 },
  TakenOver: { type: 'TakenOver', at: CREATED_AT + 100, epoch: 2 },
};

/** By hand. `=`: the same object; `*`: the run changes, its phase does not. */
const EXPECTED = `
  event            queued     starting   running    finishing cancelling succeeded failed cancelled
  Launched         starting   =          =          =         =          =         =      =
  TaskMoved        =          running    *          *         *          =         =      =
  CancelAsked      cancelling cancelling cancelling =         =          =         =      =
  DriverExited     =          finishing  finishing  =         =          =         =      =
  Deadline         finishing  finishing  finishing  =         =          =         =      =
  JobMissing       =          finishing  finishing  =         =          =         =      =
  LaunchRefused    finishing  =          =          =         =          =         =      =
  ObjectsLeft      =          =          =          *         *          =         =      =
  NothingLeft      =          =          =          succeeded cancelled  =         =      =
  RemovalGivenUp   =          =          =          succeeded failed     =         =      =
  ReportRead       =          =          =          *         =          =         =      =
  ReportUnreadable =          =          =          *         =          =         =      =
  Gap              =          *          *          *         *          =         =      =
  LogsComplete     =          *          *          *         *          =         =      =
  TakenOver        *          *          *          *         *          =         =      =
`;

const [[, ...columns], ...rows] = EXPECTED.trim()
  .split('\n')
  .map(row => row.trim().split(/\s+/));
const CELLS = rows.flatMap(([event, ...cells]) =>
  cells.map((cell, index) => ({
    event: event as RunEventType,
    phase: columns[index] as RunPhase,
    cell,
  })),
);

describe('the table of legal moves', () => {
  it('has a cell for every phase and every event', () => {
    expect(columns).toEqual(RUN_PHASES);
    expect(rows.map(([event]) => event)).toEqual(Object.keys(EVENT));
    expect(CELLS).toHaveLength(8 * 15);
  });

  it.each(CELLS.filter(({ cell }) => cell === '='))(
    '$phase | $event changes nothing',
    ({ phase, event }) => {
      const run = RUN_IN[phase]();
      expect(run.phase).toBe(phase);
      expect(reduce(run, EVENT[event])).toBe(run);
    },
  );

  it.each(CELLS.filter(({ cell }) => cell !== '='))(
    '$phase | $event -> $cell',
    ({ phase, event, cell }) => {
      const run = RUN_IN[phase]();
      expect(run.phase).toBe(phase);

      const next = reduce(run, EVENT[event]);

      expect(next.phase).toBe(cell === '*' ? phase : cell);
      expect(next.event).toBe(run.event + 1);
      expect({ ...next, event: run.event }).not.toEqual(run);
      expect(reduce(next, EVENT[event])).toBe(next);
    },
  );

  it.each(CELLS)('$phase | $event leaves its argument alone', cell => {
    const run = RUN_IN[cell.phase]();
    const before = JSON.stringify(run);
    reduce(run, EVENT[cell.event]);
    expect(JSON.stringify(run)).toBe(before);
  });
});

describe('the way of a run', () => {
  it('keeps the times of launch, outcome and end', () => {
    expect(RUN_IN.succeeded()).toMatchObject({
      launchedAt: CREATED_AT + 1,
      finishedAt: CREATED_AT + 30,
      endedAt: CREATED_AT + 40,
    });
    expect(RUN_IN.cancelled()).toMatchObject({
      finishedAt: CREATED_AT + 25,
      endedAt: CREATED_AT + 40,
      cancelAskedBy: 'user:default/guest',
    });
  });

  it.each([
    ['Deadline', 'deadline', 'too long'],
    ['JobMissing', 'job-deleted', 'gone'],
  ] as const)('%s fails the run: %s', (type, reason, message) => {
    const run = after(...RUNNING, EVENT[type], NOTHING_LEFT);
    expect(run.phase).toBe('failed');
    expect(run.outcome).toEqual({ type: 'failed', reason, message });
  });

  it('fails a run that the engine refuses, without having run a task', () => {
    const run = after(EVENT.LaunchRefused, NOTHING_LEFT);
    expect(run.phase).toBe('failed');
    expect(run.outcome).toMatchObject({ reason: 'launch-refused' });
    expect(run.tasks.every(task => task.phase === 'planned')).toBe(true);
  });

  it('lets the first outcome stand', () => {
    const run = after(...RUNNING, exited(FAILED));
    expect(reduce(run, exited({ type: 'succeeded' }))).toBe(run);
    expect(reduce(run, CANCEL)).toBe(run);
  });

  it('counts the objects that are left, and clears them at the end', () => {
    const left = after(...CANCELLING, EVENT.ObjectsLeft);
    expect(left.objectsLeft).toEqual(['process 7 (GENERATE:1)']);
    expect(reduce(left, NOTHING_LEFT)).not.toHaveProperty('objectsLeft');
  });

  it('says nothing new when no object was known and none is left', () => {
    const run = after(...CANCELLING);
    expect(reduce(run, { ...EVENT.ObjectsLeft, objects: [] } as never)).toBe(
      run,
    );
  });

  it('names what could not be removed, and fails a cancelled run for it', () => {
    const run = after(...CANCELLING, EVENT.RemovalGivenUp);
    expect(run.outcome).toEqual({
      type: 'failed',
      reason: 'leftovers',
      message: 'Could not be removed in time: process 7 (GENERATE:1)',
    });
    expect(run.objectsLeft).toEqual(['process 7 (GENERATE:1)']);
  });

  it('keeps the outcome of a finishing run whose removal is given up', () => {
    const succeeded = after(...SUCCEEDING, EVENT.RemovalGivenUp);
    expect(succeeded.outcome).toEqual({ type: 'succeeded' });
    const failed = after(...RUNNING, exited(FAILED), EVENT.RemovalGivenUp);
    expect(failed.phase).toBe('failed');
    expect(failed.outcome).toEqual(FAILED);
  });

  it('reads a report only of a run that succeeded', () => {
    const run = after(...RUNNING, exited(FAILED));
    expect(reduce(run, EVENT.ReportRead)).toBe(run);
    expect(reduce(run, EVENT.ReportUnreadable)).toBe(run);
  });

  it('prefers a report to a problem with it', () => {
    const run = after(...SUCCEEDING, EVENT.ReportUnreadable, EVENT.ReportRead);
    expect(run.report?.batchCount).toBe(2);
    expect(run).not.toHaveProperty('reportProblem');
    expect(reduce(run, EVENT.ReportUnreadable)).toBe(run);
  });

  it('keeps different gaps, and each once', () => {
    const other = { ...EVENT.Gap, from: 5, to: 6 } as RunEventBody;
    const run = after(...RUNNING, EVENT.Gap, other);
    expect(run.gaps.map(({ from }) => from)).toEqual([1, 5]);
    expect(run.gaps[0]).not.toHaveProperty('at');
    const again = { ...EVENT.Gap, at: CREATED_AT + 999, event: 12 };
    expect(reduce(run, again as RunEventBody)).toBe(run);
  });

  it('never takes complete lines back', () => {
    const run = after(...RUNNING, EVENT.LogsComplete);
    const fewer = { ...EVENT.LogsComplete, lastLine: 8 } as RunEventBody;
    const more = { ...EVENT.LogsComplete, lastLine: 10 } as RunEventBody;
    expect(reduce(run, fewer)).toBe(run);
    expect(reduce(run, more).logsComplete).toEqual({ lastLine: 10 });
  });

  it('knows the owner with the highest epoch', () => {
    const run = after(EVENT.TakenOver);
    expect(run.takenOver).toEqual({ at: CREATED_AT + 100, epoch: 2 });
    const older = { ...EVENT.TakenOver, epoch: 1 } as RunEventBody;
    expect(reduce(run, older)).toBe(run);
  });
});

describe('what does not fit', () => {
  it.each<[string, unknown]>([
    ['a type of a newer version', { type: 'Sneezed', at: 1 }],
    ['a name every object has', { type: 'toString', at: 1 }],
    ['no time', { ...EVENT.CancelAsked, at: undefined }],
    ['NaN as time', { ...EVENT.CancelAsked, at: NaN }],
    ['a task that is not in the plan', moved('GENERATE:3')],
    ['no attempt', { ...moved('GENERATE:1'), attempt: undefined }],
    ['an attempt without identity', moved('GENERATE:1', { uid: '' })],
    ['an attempt without order', moved('GENERATE:1', { createdAt: NaN })],
    ['a planned attempt', moved('GENERATE:1', { phase: 'planned' as never })],
    ['an unknown phase', moved('GENERATE:1', { phase: 'lost' as never })],
    ['a broken time', moved('GENERATE:1', { endedAt: NaN })],
    ['no outcome', exited(undefined as never)],
    ['an unknown outcome', exited({ type: 'odd' } as never)],
  ])('%s changes nothing', (_, event) => {
    const run = after(...RUNNING);
    expect(reduce(run, event as RunEventBody)).toBe(run);
  });
});
