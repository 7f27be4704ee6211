import {
  after,
  aPreview,
  failing,
  launched,
  moved,
  runAfter,
  succeeding,
} from '../__testUtils__/runs';
import { healthOf } from './health';

const forecast = aPreview(2);
/** About 9.6 s by the forecast; GENERATE ended at `ended`, ANALYZE is at work. */
const generated = (ended: number) =>
  runAfter(2, [
    launched,
    moved('GENERATE:1', 'succeeded', { running: 1, ended }),
    moved('GENERATE:2', 'succeeded', { running: 1, ended }),
    moved('ANALYZE:1', 'running', { running: ended }),
    moved('ANALYZE:2', 'running', { running: ended }),
  ]);

describe('healthOf', () => {
  it('says nothing in the first seconds, and without a forecast', () => {
    expect(healthOf(generated(6), forecast, after(6)).type).toBe('unknown');
    expect(healthOf(generated(6), undefined, after(30)).type).toBe('unknown');
  });

  it('calls it on track when it is near the forecast', () => {
    expect(healthOf(generated(9), forecast, after(10.5))).toMatchObject({
      type: 'onTrack',
      left: expect.any(Number),
    });
  });

  it('says by how much it is slower', () => {
    const health = healthOf(generated(40), forecast, after(41));
    expect(health).toMatchObject({ type: 'slower' });
    expect('by' in health && health.by).toBeGreaterThan(30);
  });

  it('says by how much it is faster', () => {
    const slow = {
      ...forecast,
      durationSeconds: 300,
    };
    expect(healthOf(generated(9), slow, after(11))).toMatchObject({
      type: 'faster',
    });
  });

  it('knows no time left while tasks cannot begin', () => {
    const event = moved('GENERATE:1', 'starting');
    if (event.type !== 'TaskMoved') {
      throw new Error('It moves a task');
    }
    const reason = { code: 'ImagePullBackOff', message: 'not found' };
    const run = runAfter(2, [
      launched,
      { ...event, attempt: { ...event.attempt, reason } },
      moved('GENERATE:2', 'running', { running: 1 }),
    ]);
    expect(healthOf(run, forecast, after(30))).toEqual({
      type: 'stuck',
      tasks: [expect.objectContaining({ id: 'GENERATE:1' })],
    });
  });

  it('knows no time left while the driver cannot begin', () => {
    const reason = { code: 'Unschedulable', message: '0/3 nodes' };
    const driver = { phase: 'waiting', since: after(1), reason } as const;
    const run = runAfter(2, [
      launched,
      { type: 'DriverMoved', at: after(1), driver },
    ]);
    expect(run.phase).toBe('starting');
    expect(healthOf(run, forecast, after(9))).toEqual({
      type: 'stuck',
      tasks: [],
    });
  });

  it('compares with the forecast in the end, unless it did not get there', () => {
    const done = runAfter(2, succeeding(2));
    expect(healthOf(done, forecast, after(60))).toEqual({
      type: 'over',
      by: 9 - forecast.durationSeconds,
    });
    const failed = runAfter(2, failing('GENERATE:1'));
    expect(healthOf(failed, forecast, after(60)).type).toBe('unknown');
  });
});
