import { diagnoseDriver } from './diagnoseDriver';
import { BY_CODE } from './diagnoses';
import type { DriverState } from './driver';
import { DRIVER_DIAGNOSES } from './driverDiagnoses';
import type { RunEventBody } from './event';
import { launchedAt, moved, runAfter, second } from './testing/story';

const LAUNCHED = launchedAt(1);
const CANCEL: RunEventBody = {
  type: 'CancelAsked',
  at: second(4),
  by: 'user:default/guest',
};

describe('a driver that is on its way', () => {
  const at = second(2);
  const told = (driver: Partial<DriverState>): RunEventBody => ({
    type: 'DriverMoved',
    at,
    driver: { phase: 'waiting', since: at, ...driver },
  });
  const ofDriver = (events: readonly RunEventBody[], seconds: number) =>
    diagnoseDriver(runAfter(6, ...events), second(seconds));
  const message = '0/3 nodes are available: 3 Insufficient cpu.';
  const full = { reason: { code: 'Unschedulable', message } };

  it('is left alone for 5 s, then explained', () => {
    const events = [LAUNCHED, told(full)];
    expect(ofDriver(events, 4.9)).toBeUndefined();
    expect(ofDriver(events, 5)).toEqual({
      reason: 'Unschedulable',
      sentence: 'No node has room for the driver.',
      evidence: message,
      advice: DRIVER_DIAGNOSES.Unschedulable.advice,
    });
  });

  it.each(Object.keys({ ...BY_CODE, ...DRIVER_DIAGNOSES }))(
    'is explained for %s',
    code => {
      const reason = { code, message: 'the words of the platform' };
      const found = ofDriver(
        [LAUNCHED, told({ phase: 'starting', node: 'node-7', reason })],
        60,
      );
      expect(found).toMatchObject({ reason: code, evidence: reason.message });
      expect(found?.sentence).toMatch(/[Tt]he driver.*\.$/);
      expect(found?.sentence).not.toMatch(/[{}]|undefined| {2}/);
    },
  );

  it.each<[string, readonly RunEventBody[], string]>([
    ['notLaunched', [], 'The engine has not taken the run for 0:30.'],
    ['driverStarting', [LAUNCHED], 'The driver has been starting for 0:29.'],
    [
      'driverStarting',
      [LAUNCHED, told({})],
      'The driver has been starting for 0:28.',
    ],
    [
      'driverPlaced',
      [LAUNCHED, told({ phase: 'starting', since: second(5), node: 'n1' })],
      'The node n1 has been preparing the driver for 0:25.',
    ],
    [
      'driverRunning',
      [LAUNCHED, told({ phase: 'running', since: second(20) })],
      'The driver runs, and has submitted no task for 0:10.',
    ],
  ])('without a reason is %s: %#', (reason, events, sentence) => {
    expect(ofDriver(events, 30)).toMatchObject({ reason, sentence });
    expect(ofDriver(events, 30)).not.toHaveProperty('evidence');
  });

  it('is of no concern once a task has come, or the run has ended', () => {
    const events = [LAUNCHED, told(full)];
    const task = moved('GENERATE:1', 'waiting');
    expect(ofDriver([...events, task], 60)).toBeUndefined();
    expect(ofDriver([...events, CANCEL], 60)).toBeUndefined();
  });

  it('quotes a code that nobody knows', () => {
    const reason = { code: 'NewInKubernetes2', message: 'odd' };
    expect(ofDriver([LAUNCHED, told({ reason })], 60)).toMatchObject({
      sentence: 'The driver does not move: the engine says NewInKubernetes2.',
      evidence: 'odd',
    });
  });
});
