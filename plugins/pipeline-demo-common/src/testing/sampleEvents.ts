import type { RunEventBody, RunEventType } from '../event';
import { newRun } from '../plan';
import { reduce } from '../reduce';
import type { Outcome, Run, RunPhase } from '../run';
import type { Attempt } from '../task';

export const CREATED_AT = 1_000_000;

export const FAILED: Outcome = {
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

export const moved = (
  task: string,
  changes: Partial<Attempt> = {},
): RunEventBody => ({
  type: 'TaskMoved',
  at: CREATED_AT + 20,
  task,
  attempt: attempt(changes),
});

export const exited = (outcome: Outcome): RunEventBody => ({
  type: 'DriverExited',
  at: CREATED_AT + 30,
  outcome,
});

const LAUNCHED: RunEventBody = { type: 'Launched', at: CREATED_AT + 1 };
export const CANCEL: RunEventBody = {
  type: 'CancelAsked',
  at: CREATED_AT + 25,
  by: 'user:default/guest',
};
export const NOTHING_LEFT: RunEventBody = {
  type: 'NothingLeft',
  at: CREATED_AT + 40,
};

/** A run of two batches after these events, each of which must change it. */
export function after(...events: RunEventBody[]): Run {
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

export const RUNNING = [LAUNCHED, moved('GENERATE:1')];
export const SUCCEEDING = [...RUNNING, exited({ type: 'succeeded' })];
export const CANCELLING = [...RUNNING, CANCEL];

export const RUN_IN: Readonly<Record<RunPhase, () => Run>> = {
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
export const EVENT: Readonly<Record<RunEventType, RunEventBody>> = {
  Launched: { type: 'Launched', at: CREATED_AT + 100 },
  TaskMoved: moved('GENERATE:1', {
    phase: 'succeeded',
    endedAt: CREATED_AT + 90,
  }),
  DriverMoved: {
    type: 'DriverMoved',
    at: CREATED_AT + 100,
    driver: {
      phase: 'waiting',
      since: CREATED_AT + 2,
      reason: { code: 'Unschedulable', message: '0/1 nodes are available' },
    },
  },
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
