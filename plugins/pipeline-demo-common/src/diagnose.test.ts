import { diagnose, diagnoseRun } from './diagnose';
import { BY_CODE, BY_FAILURE, BY_SITUATION } from './diagnoses';
import { DRIVER_DIAGNOSES } from './driverDiagnoses';
import type { RunEventBody } from './event';
import { exitedAt, launchedAt, moved, runAfter, second } from './testing/story';

const LAUNCHED = launchedAt(1);
const CANCEL: RunEventBody = {
  type: 'CancelAsked',
  at: second(4),
  by: 'user:default/guest',
};
const TASK_FAILED = exitedAt(9, {
  type: 'failed',
  reason: 'task-failed',
  message: 'GENERATE:1 ended with exit code 1.',
});

/** The diagnosis of a task of a run of six batches, a minute after the click. */
function of(task: string, events: readonly RunEventBody[], seconds = 60) {
  const run = runAfter(6, ...events);
  const found = run.tasks.find(({ id }) => id === task)!;
  return diagnose(run, found, second(seconds));
}

describe('a task that waits', () => {
  it('waits for a slot, and for whom', () => {
    const message = '4 of 4 slots are in use';
    const busy = [1, 2, 3, 4].map(n => moved(`GENERATE:${n}`, 'running'));
    const waiting = moved('GENERATE:5', 'waiting', {
      reason: { code: 'NoFreeSlot', message },
    });
    expect(of('GENERATE:5', [LAUNCHED, ...busy, waiting])).toEqual({
      reason: 'NoFreeSlot',
      sentence:
        'GENERATE:5 waits for a slot: all are taken by GENERATE:1, GENERATE:2, GENERATE:3 and 1 more.',
      evidence: message,
      advice: 'It starts by itself as soon as one of them ends.',
    });
  });

  it('says who uses the quota up', () => {
    const message = 'exceeded quota: pipeline-demo';
    const waiting = moved('GENERATE:3', 'waiting', {
      reason: { code: 'QuotaExceeded', message },
    });
    const busy = moved('GENERATE:1', 'running');
    expect(of('GENERATE:3', [LAUNCHED, busy, waiting])).toMatchObject({
      sentence:
        'GENERATE:3 has no room in the quota of the namespace: it is used up by GENERATE:1.',
      evidence: message,
    });
  });

  it('names no holder when nobody else is seen to hold a slot', () => {
    const waiting = moved('GENERATE:5', 'starting', {
      reason: { code: 'NoFreeSlot', message: '' },
    });
    const found = of('GENERATE:5', [LAUNCHED, waiting]);
    expect(found?.sentence).toBe('GENERATE:5 waits for a slot: all are taken.');
    expect(found).not.toHaveProperty('evidence');
  });

  it.each(Object.entries(BY_CODE))(
    'is explained for %s',
    (code, { advice }) => {
      const waiting = moved('REPORT', 'waiting', {
        node: 'node-7',
        reason: { code, message: 'the words of the platform' },
      });
      const found = of('REPORT', [LAUNCHED, waiting]);
      expect(found).toMatchObject({
        reason: code,
        evidence: 'the words of the platform',
        advice,
      });
      expect(found?.sentence).toMatch(/REPORT.*\.$/);
      expect(found?.sentence).not.toMatch(/[{}]|undefined| {2}/);
    },
  );

  it('quotes a code it does not know, even one that every object has', () => {
    const waiting = moved('REPORT', 'starting', {
      reason: { code: 'toString', message: 'odd' },
    });
    expect(of('REPORT', [LAUNCHED, waiting])).toMatchObject({
      reason: 'toString',
      sentence: 'REPORT does not move: the engine says toString.',
      evidence: 'odd',
    });
  });

  it('is left alone for 5 s, then said to be unexplained', () => {
    const events = [
      LAUNCHED,
      moved('REPORT', 'starting', {
        waitingAt: second(2),
        startingAt: second(10),
      }),
    ];
    expect(of('REPORT', events, 14.9)).toBeUndefined();
    expect(of('REPORT', events, 22)?.sentence).toBe(
      'REPORT has waited for 0:12, and the engine does not say why.',
    );
  });

  it('may be running and have a problem', () => {
    const lost = moved('REPORT', 'running', {
      node: 'node-7',
      reason: { code: 'NodeLost', message: 'NodeNotReady' },
    });
    expect(of('REPORT', [LAUNCHED, lost])?.sentence).toBe(
      'The node node-7 of REPORT does not answer.',
    );
  });

  it.each(['running', 'succeeded'] as const)('is fine when %s', phase => {
    expect(of('REPORT', [LAUNCHED, moved('REPORT', phase)])).toBeUndefined();
  });
});

describe('a task that is only planned', () => {
  it('waits for the driver', () => {
    expect(of('REPORT', [LAUNCHED], 4.9)).toBeUndefined();
    expect(of('REPORT', [LAUNCHED], 5)?.reason).toBe('driverPending');
    expect(of('REPORT', [], 5)?.reason).toBe('driverPending');
  });

  it('waits for what the driver waits for', () => {
    const reason = { code: 'Unschedulable', message: '0/3 nodes' };
    const driver = { phase: 'waiting', since: second(2) } as const;
    const told = { type: 'DriverMoved', at: second(2) } as const;
    const stuck = { ...told, driver: { ...driver, reason } };
    expect(of('REPORT', [LAUNCHED, stuck], 4.9)).toBeUndefined();
    expect(of('REPORT', [LAUNCHED, stuck], 5)?.sentence).toBe(
      'No node has room for the driver.',
    );
    const slow = { ...told, driver };
    expect(of('REPORT', [LAUNCHED, slow], 5)?.reason).toBe('driverPending');
  });

  it('needs the output of others', () => {
    const events = [LAUNCHED, moved('ANALYZE:1', 'succeeded')];
    expect(of('ANALYZE:2', events)?.sentence).toBe(
      'ANALYZE:2 needs the output of GENERATE:2.',
    );
    expect(of('REPORT', events)?.sentence).toBe(
      'REPORT needs the output of ANALYZE:2, ANALYZE:3, ANALYZE:4 and 2 more.',
    );
  });

  it('should have been submitted', () => {
    const events = [
      LAUNCHED,
      moved('GENERATE:1', 'succeeded', { endedAt: second(50) }),
    ];
    expect(of('ANALYZE:1', events, 54)).toBeUndefined();
    expect(of('ANALYZE:1', events, 60)?.sentence).toBe(
      'ANALYZE:1 has all it needs; the driver has not submitted it for 0:10.',
    );
    expect(of('GENERATE:2', events)?.reason).toBe('notSubmitted');
  });

  it('did not run, and why', () => {
    const begun = [LAUNCHED, moved('GENERATE:1', 'running')];
    expect(of('REPORT', [...begun, CANCEL])?.sentence).toBe(
      'REPORT did not run: user:default/guest cancelled the run.',
    );
    expect(of('REPORT', [...begun, TASK_FAILED])).toMatchObject({
      reason: 'notRunByFailure',
      evidence: 'GENERATE:1 ended with exit code 1.',
    });
  });
});

describe('a task that was stopped', () => {
  const begun = [LAUNCHED, moved('GENERATE:2', 'running')];

  it('was stopped by who cancelled the run', () => {
    const events: RunEventBody[] = [
      ...begun,
      CANCEL,
      { type: 'NothingLeft', at: second(8) },
    ];
    expect(of('GENERATE:2', events)?.sentence).toBe(
      'GENERATE:2 was stopped: user:default/guest cancelled the run.',
    );
  });

  it('was stopped because the run failed', () => {
    expect(of('GENERATE:2', [...begun, TASK_FAILED])?.reason).toBe(
      'stoppedByFailure',
    );
  });

  it('was stopped by somebody else while the run goes on', () => {
    const stopped = moved('GENERATE:2', 'cancelled');
    expect(of('GENERATE:2', [LAUNCHED, stopped])).toBeUndefined();
  });
});

describe('a task that failed', () => {
  const failed = (more: Parameters<typeof moved>[2]) =>
    of('REPORT', [LAUNCHED, moved('REPORT', 'failed', more)]);

  it.each([
    [1, 'The last lines of its log say why.'],
    [127, 'A command was not found: check that bash and awk are installed.'],
    [137, 'It was killed (SIGKILL), often because memory ran out.'],
  ])('with exit code %i', (exitCode, advice) => {
    expect(failed({ exitCode })).toEqual({
      reason: 'exited',
      sentence: `REPORT failed with exit code ${exitCode}.`,
      advice,
    });
  });

  it('by a signal, whatever the exit code', () => {
    expect(failed({ exitCode: 137, signal: 'SIGKILL' })).toMatchObject({
      reason: 'killed',
      sentence: 'REPORT was ended by SIGKILL.',
    });
  });

  it('for want of memory', () => {
    const found = failed({ outOfMemory: true, signal: 'SIGKILL' });
    expect(found).toMatchObject({
      reason: 'OOMKilled',
      sentence: 'REPORT used more memory than it may, and was killed.',
    });
  });

  it('on a full disk', () => {
    const reason = { code: 'ENOSPC', message: 'no space left on device' };
    expect(failed({ exitCode: 1, reason })).toMatchObject({
      reason: 'ENOSPC',
      evidence: 'no space left on device',
    });
  });

  it('with a code that says less than the exit code', () => {
    const reason = { code: 'Error', message: 'container failed' };
    expect(failed({ exitCode: 2, reason })).toMatchObject({
      reason: 'exited',
      evidence: 'container failed',
    });
  });

  it('without a trace', () => {
    expect(failed({})?.reason).toBe('failed');
  });
});

describe('a run that failed', () => {
  it('is explained by the first task that failed', () => {
    const failed = (task: string, seconds: number) =>
      moved(task, 'failed', { exitCode: 3, endedAt: second(seconds) });
    const run = runAfter(
      3,
      LAUNCHED,
      moved('ANALYZE:1', 'failed', { exitCode: 1 }),
      failed('GENERATE:2', 8),
      failed('GENERATE:3', 7),
      TASK_FAILED,
    );
    expect(diagnoseRun(run)).toEqual({
      reason: 'exited',
      sentence: 'GENERATE:3 failed with exit code 3.',
      evidence: 'GENERATE:1 ended with exit code 1.',
      advice: 'The last lines of its log say why.',
    });
  });

  it('is explained by the driver when no task is known to have failed', () => {
    expect(diagnoseRun(runAfter(1, LAUNCHED, TASK_FAILED))).toMatchObject({
      reason: 'task-failed',
      evidence: 'GENERATE:1 ended with exit code 1.',
    });
  });

  it.each(Object.entries(BY_FAILURE))('has words for %s', (reason, text) => {
    const outcome = { type: 'failed', reason, message: 'in short' } as never;
    const run = runAfter(1, LAUNCHED, exitedAt(9, outcome));
    expect(diagnoseRun(run)).toEqual({
      reason,
      ...text,
      evidence: 'in short',
    });
  });

  it('is explained by what could not start', () => {
    const message = 'GENERATE:1 has not started in 5 min';
    const outcome = {
      type: 'failed',
      reason: 'never-started',
      message,
    } as const;
    const words = '0/1 nodes are available: 1 Insufficient cpu.';
    const run = runAfter(
      2,
      LAUNCHED,
      moved('GENERATE:1', 'waiting'),
      moved('GENERATE:2', 'waiting', {
        reason: { code: 'Unschedulable', message: words },
      }),
      exitedAt(301, outcome),
    );
    expect(diagnoseRun(run)).toMatchObject({
      reason: 'Unschedulable',
      sentence: 'No node has room for GENERATE:2.',
      evidence: words,
    });
  });

  it("is explained by the engine's word for what befell the driver", () => {
    const outcome = {
      type: 'failed',
      reason: 'driver-failed',
      code: 'WorkspaceNotWritable',
      message: 'The claim cannot be written by user 1000.',
    } as const;
    expect(diagnoseRun(runAfter(1, LAUNCHED, exitedAt(9, outcome)))).toEqual({
      reason: 'WorkspaceNotWritable',
      sentence: 'The volume that the driver works in cannot be written.',
      evidence: outcome.message,
      advice: BY_CODE.WorkspaceNotWritable.advice,
    });
    const unknown = { ...outcome, code: 'toString' };
    expect(
      diagnoseRun(runAfter(1, LAUNCHED, exitedAt(9, unknown)))?.reason,
    ).toBe('driver-failed');
  });

  it('is another one than a run that goes on, or well', () => {
    expect(diagnoseRun(runAfter(1, LAUNCHED))).toBeUndefined();
    const succeeded = exitedAt(9, { type: 'succeeded' });
    expect(diagnoseRun(runAfter(1, LAUNCHED, succeeded))).toBeUndefined();
  });
});

it('says each thing in one sentence, and gives an advice', () => {
  const texts = [BY_CODE, BY_SITUATION, BY_FAILURE, DRIVER_DIAGNOSES].flatMap(
    table => Object.values(table),
  );
  for (const { sentence, advice } of texts) {
    expect(sentence).toMatch(/^[A-Z{][^.]*\.$/);
    expect(advice).toMatch(/\.$/);
  }
});
