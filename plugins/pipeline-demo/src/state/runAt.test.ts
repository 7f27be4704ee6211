import type { RunEvent } from 'backstage-plugin-pipeline-demo-common';
import {
  after,
  moved,
  numberedEvents,
  runAfter,
  SEEN_RUNNING,
} from '../__testUtils__/runs';
import { runAt } from './runAt';

const events = numberedEvents(SEEN_RUNNING);
const run = runAfter(2, SEEN_RUNNING);

describe('runAt', () => {
  it('is the run itself when everything has happened', () => {
    expect(runAt(run, events, after(60))).toEqual(run);
  });

  it('knows nothing of what came later', () => {
    const { phase, tasks, report, finishedAt } = runAt(run, events, after(3));
    expect({ phase, report, finishedAt }).toEqual({ phase: 'running' });
    expect(tasks[0].phase).toBe('running');
    expect(tasks[0].attempts[0].endedAt).toBeUndefined();
    expect(tasks[1].phase).toBe('planned');
  });

  it('begins with the plan', () => {
    expect(runAt(run, events, after(0))).toEqual(runAfter(2));
  });

  it('puts a fact where it happened, though it was heard of late', () => {
    const late: RunEvent[] = [
      ...events.slice(0, 2),
      { type: 'CancelAsked', at: after(5), by: 'guest', event: 3 },
      {
        ...moved('GENERATE:1', 'succeeded', { running: 1, ended: 4 }),
        event: 4,
      },
    ];
    expect(runAt(run, late, after(4.5)).tasks[0].phase).toBe('succeeded');
  });
});
