import { closeTask, completeTask, moveTask, newestAttempt } from './moveTask';
import type { Attempt, Task } from './task';

const attempt = (uid: string, changes: Partial<Attempt> = {}): Attempt => ({
  uid,
  createdAt: 100,
  phase: 'running',
  ...changes,
});

const taskWith = (...attempts: Attempt[]): Task =>
  attempts.reduce<Task>(moveTask, {
    id: 'GENERATE:1',
    process: 'GENERATE',
    batch: 1,
    phase: 'planned',
    attempts: [],
  });

describe('moveTask', () => {
  it('moves an attempt forward and collects what is known of it', () => {
    const task = taskWith(
      attempt('a', { phase: 'waiting', waitingAt: 101 }),
      attempt('a', { phase: 'running', runningAt: 105, node: 'n1' }),
      attempt('a', { phase: 'failed', endedAt: 110, exitCode: 1 }),
    );
    expect(task.phase).toBe('failed');
    expect(task.attempts).toEqual([
      attempt('a', {
        phase: 'failed',
        waitingAt: 101,
        runningAt: 105,
        endedAt: 110,
        exitCode: 1,
        node: 'n1',
      }),
    ]);
  });

  it('never moves an attempt back, but takes the time a late fact brings', () => {
    const running = taskWith(attempt('a', { runningAt: 105 }));
    const late = moveTask(
      running,
      attempt('a', { phase: 'waiting', waitingAt: 101, runningAt: 999 }),
    );
    expect(late.phase).toBe('running');
    expect(late.attempts[0]).toMatchObject({ waitingAt: 101, runningAt: 105 });
  });

  it('lets the first end stand', () => {
    const succeeded = taskWith(attempt('a', { phase: 'succeeded' }));
    const failed = moveTask(succeeded, attempt('a', { phase: 'failed' }));
    expect(failed).toBe(succeeded);
  });

  it('is reopened by a newer attempt', () => {
    const task = taskWith(
      attempt('a', { phase: 'failed' }),
      attempt('b', { phase: 'waiting', createdAt: 200 }),
    );
    expect(task.phase).toBe('waiting');
    expect(newestAttempt(task)?.uid).toBe('b');
  });

  it('does not listen to an older attempt', () => {
    const task = taskWith(
      attempt('b', { phase: 'succeeded', createdAt: 200 }),
      attempt('a', { phase: 'failed', exitCode: 1 }),
    );
    expect(task.phase).toBe('succeeded');
    expect(task.attempts.map(({ uid }) => uid)).toEqual(['a', 'b']);

    const ended = moveTask(task, attempt('a', { endedAt: 180 }));
    expect(ended.phase).toBe('succeeded');
    expect(ended.attempts[0]).toMatchObject({ phase: 'failed', endedAt: 180 });
  });

  it('orders attempts of the same age by uid, whichever is seen first', () => {
    const a = attempt('a', { phase: 'failed' });
    const b = attempt('b', { phase: 'running' });
    expect(taskWith(a, b)).toEqual(taskWith(b, a));
    expect(taskWith(a, b).phase).toBe('running');
  });

  it('says nothing new when a fact repeats, with its keys in any order', () => {
    const task = taskWith(
      attempt('a', { reason: { code: 'X', message: 'y' } }),
    );
    const repeated = {
      reason: { message: 'y', code: 'X' },
      phase: 'running',
      node: undefined,
      createdAt: 100,
      uid: 'a',
    } as const;
    expect(moveTask(task, repeated)).toBe(task);
  });

  it('keeps the latest reason while waiting, and drops it with the waiting', () => {
    const first = { code: 'Unschedulable', message: '0/3 nodes' };
    const second = { code: 'ImagePullBackOff', message: 'no such image' };
    const waiting = taskWith(
      attempt('a', { phase: 'waiting', reason: first }),
      attempt('a', { phase: 'waiting', reason: second }),
      attempt('a', { phase: 'waiting' }),
    );
    expect(waiting.attempts[0].reason).toEqual(second);

    const running = moveTask(waiting, attempt('a'));
    expect(running.attempts[0]).not.toHaveProperty('reason');
    const late = attempt('a', { phase: 'waiting', reason: first });
    expect(moveTask(running, late)).toBe(running);
  });

  it('keeps the reason of an end', () => {
    const evicted = { code: 'Evicted', message: 'memory pressure' };
    const task = taskWith(
      attempt('a', { phase: 'failed', reason: evicted }),
      attempt('a', { phase: 'failed', reason: { code: 'Z', message: '' } }),
    );
    expect(task.attempts[0].reason).toEqual(evicted);
  });
});

describe('completeTask', () => {
  it('completes the attempts of a task that has ended, and no more', () => {
    const failed = taskWith(attempt('a', { phase: 'failed' }));
    const retried = completeTask(failed, attempt('b', { createdAt: 200 }));
    expect(retried.phase).toBe('failed');
    expect(retried.attempts).toHaveLength(2);
    expect(completeTask(failed, attempt('a'))).toBe(failed);
  });

  it('lets an open task end by itself', () => {
    const task = taskWith(attempt('a'));
    const ended = completeTask(task, attempt('a', { phase: 'succeeded' }));
    expect(ended.phase).toBe('succeeded');
  });
});

describe('closeTask', () => {
  it('makes every task succeeded after success, seen or not', () => {
    expect(closeTask(taskWith(), 'succeeded').phase).toBe('succeeded');
    expect(closeTask(taskWith(attempt('a')), 'succeeded')).toMatchObject({
      phase: 'succeeded',
      attempts: [{ uid: 'a', phase: 'succeeded' }],
    });
  });

  it('does not rewrite how an attempt ended', () => {
    const failed = taskWith(attempt('a', { phase: 'failed', exitCode: 1 }));
    expect(closeTask(failed, 'succeeded')).toMatchObject({
      phase: 'succeeded',
      attempts: [{ phase: 'failed', exitCode: 1 }],
    });
  });

  it('cancels what was open and leaves the rest', () => {
    const open = taskWith(attempt('a'), attempt('b', { createdAt: 200 }));
    expect(closeTask(open, 'cancelled')).toMatchObject({
      phase: 'cancelled',
      attempts: [{ phase: 'cancelled' }, { phase: 'cancelled' }],
    });
    const planned = taskWith();
    expect(closeTask(planned, 'cancelled')).toBe(planned);
    const failed = taskWith(attempt('a', { phase: 'failed' }));
    expect(closeTask(failed, 'cancelled')).toBe(failed);
  });

  it('lets only the newest attempt succeed', () => {
    const open = taskWith(attempt('a'), attempt('b', { createdAt: 200 }));
    expect(closeTask(open, 'succeeded').attempts).toMatchObject([
      { uid: 'a', phase: 'cancelled' },
      { uid: 'b', phase: 'succeeded' },
    ]);
  });
});
