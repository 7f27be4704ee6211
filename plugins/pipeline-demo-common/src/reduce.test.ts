import { diagnoseRun } from './diagnose';
import type { RunEventBody } from './event';
import { reduce } from './reduce';
import {
  after,
  CANCEL,
  CANCELLING,
  CREATED_AT,
  EVENT,
  exited,
  FAILED,
  moved,
  NOTHING_LEFT,
  RUN_IN,
  RUNNING,
  SUCCEEDING,
} from './testing/sampleEvents';

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

  it("keeps the driver's last word, and is not misled by a wrong one", () => {
    const run = after(...RUNNING.slice(0, 1), EVENT.DriverMoved);
    expect(run).toMatchObject({
      phase: 'starting',
      driver: { phase: 'waiting', reason: { code: 'Unschedulable' } },
    });
    const driver = { phase: 'gone', since: 1 } as never;
    const at = CREATED_AT + 50;
    expect(reduce(run, { type: 'DriverMoved', at, driver })).toBe(run);
  });

  it('fails a run that the engine refuses, without having run a task', () => {
    const run = after(EVENT.LaunchRefused, NOTHING_LEFT);
    expect(run.phase).toBe('failed');
    expect(run.outcome).toMatchObject({ reason: 'launch-refused' });
    expect(run.outcome).not.toHaveProperty('code');
    expect(run.tasks.every(task => task.phase === 'planned')).toBe(true);
  });

  it("keeps the engine's word for why it refuses", () => {
    const code = 'NamespaceInUse';
    const message = 'Another portal uses it.';
    const at = CREATED_AT + 5;
    const run = after({ type: 'LaunchRefused', at, message, code });
    expect(run.outcome).toMatchObject({ reason: 'launch-refused', code });
    expect(diagnoseRun(run)).toMatchObject({ reason: code });
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
