import type { Attempt } from 'backstage-plugin-pipeline-demo-common';
import { after, launched, moved, runAfter } from '../__testUtils__/runs';
import { ladderOf } from './ladder';

const attemptAt = (at: number): Attempt => ({
  uid: 'u1',
  createdAt: after(at),
  phase: 'running',
  waitingAt: after(at),
  startingAt: after(at + 2),
  runningAt: after(at + 3),
});

const span = { task: 'ANALYZE:1', from: 6, to: 9 };

describe('ladderOf', () => {
  const run = runAfter(1, [launched]);
  const [, task] = run.tasks;

  it('gives what was with the time since the step before, and what will be', () => {
    const steps = ladderOf({
      run,
      task,
      attempt: attemptAt(4),
      span,
      now: after(8),
    });
    expect(steps).toEqual([
      { step: 'planned', at: after(0), isForecast: false },
      { step: 'submitted', at: after(4), isForecast: false, after: 4_000 },
      { step: 'starting', at: after(6), isForecast: false, after: 2_000 },
      { step: 'running', at: after(7), isForecast: false, after: 1_000 },
      { step: 'finished', at: after(10), isForecast: true },
    ]);
  });

  it('never foresees what should have been already', () => {
    const late = ladderOf({ run, task, span, now: after(20) });
    expect(late.slice(3)).toEqual([
      { step: 'running', at: after(20), isForecast: true },
      { step: 'finished', at: after(23), isForecast: true },
    ]);
  });

  it('foresees nothing for a task that cannot begin', () => {
    const event = moved('GENERATE:1', 'starting');
    if (event.type !== 'TaskMoved') {
      throw new Error('It moves a task');
    }
    const reason = { code: 'ImagePullBackOff', message: 'not found' };
    const attempt = { ...event.attempt, reason };
    const stuck = runAfter(1, [
      launched,
      { ...event, attempt },
      moved('ANALYZE:1', 'running', { running: 1 }),
    ]);
    const [first] = stuck.tasks;
    const steps = ladderOf({
      run: stuck,
      task: first,
      attempt,
      span,
      now: after(8),
    });
    expect(steps.slice(3)).toEqual([
      { step: 'running', at: undefined, isForecast: true },
      { step: 'finished', at: undefined, isForecast: true },
    ]);
  });

  it('names the end by how it was', () => {
    const failed = runAfter(1, [
      launched,
      moved('GENERATE:1', 'failed', { running: 1, ended: 4, exitCode: 3 }),
    ]);
    const [first] = failed.tasks;
    const steps = ladderOf({
      run: failed,
      task: first,
      attempt: first.attempts[0],
      now: after(9),
    });
    expect(steps[4]).toMatchObject({ step: 'failed', at: after(4) });
  });
});
