import type { Run } from 'backstage-plugin-pipeline-demo-common';
import {
  after,
  failing,
  launched,
  moved,
  runAfter,
} from '../__testUtils__/runs';
import { lookOf, runSeconds } from './taskLook';

const lookAt = (run: Run, id: string, seconds: number) => {
  const task = run.tasks.find(other => other.id === id);
  return task && lookOf(run, task, after(seconds));
};

describe('lookOf', () => {
  const events = [
    launched,
    moved('GENERATE:1', 'running', { running: 1 }),
    moved('GENERATE:2', 'waiting'),
  ];
  const running = runAfter(2, events);
  const cancelling = runAfter(2, [
    ...events,
    { type: 'CancelAsked', at: after(3), by: 'user:default/guest' },
  ]);

  it('shows what runs with its time', () => {
    expect(lookAt(running, 'GENERATE:1', 4)).toEqual({
      phase: 'running',
      word: 'running',
      seconds: 3,
    });
    expect(lookAt(running, 'GENERATE:2', 4)).toEqual({
      phase: 'waiting',
      word: 'waiting',
    });
    expect(lookAt(running, 'ANALYZE:1', 4)?.word).toBe('planned');
  });

  it('shows that what runs is being stopped, and the rest will not run', () => {
    expect(lookAt(cancelling, 'GENERATE:1', 4)?.word).toBe('cancelling');
    expect(lookAt(cancelling, 'GENERATE:2', 4)?.word).toBe('notRun');
    expect(lookAt(cancelling, 'REPORT', 4)?.word).toBe('notRun');
  });

  it('tells a task that was stopped from one that never ran', () => {
    const failed = runAfter(2, [
      launched,
      moved('GENERATE:2', 'running', { running: 1 }),
      ...failing('GENERATE:1').slice(1),
    ]);
    expect(lookAt(failed, 'GENERATE:1', 9)).toEqual({
      phase: 'failed',
      word: 'failed',
      seconds: 3,
    });
    expect(lookAt(failed, 'GENERATE:2', 9)?.word).toBe('cancelled');
    expect(lookAt(failed, 'ANALYZE:1', 9)).toEqual({
      phase: 'planned',
      word: 'notRun',
    });
  });

  it('tells what cannot begin from what waits for its turn', () => {
    const held = (phase: 'waiting' | 'starting', code: string) => {
      const event = moved('GENERATE:1', phase);
      if (event.type !== 'TaskMoved') {
        throw new Error('It moves a task');
      }
      const reason = { code, message: 'as the engine says' };
      const run = runAfter(2, [
        launched,
        { ...event, attempt: { ...event.attempt, reason } },
        moved('GENERATE:2', 'running', { running: 1 }),
      ]);
      return lookAt(run, 'GENERATE:1', 9);
    };
    expect(held('starting', 'ImagePullBackOff')).toEqual({
      phase: 'blocked',
      word: 'stuck',
      seconds: 8,
    });
    expect(held('waiting', 'LimitRange')?.word).toBe('stuck');
    expect(held('waiting', 'QuotaExceeded')?.word).toBe('waiting');
    expect(held('waiting', 'NoFreeSlot')?.word).toBe('waiting');
  });

  it('stops the clock of the run when its end is known', () => {
    expect(runSeconds(running, after(7))).toBe(7);
    expect(runSeconds(cancelling, after(7))).toBe(3);
  });
});
