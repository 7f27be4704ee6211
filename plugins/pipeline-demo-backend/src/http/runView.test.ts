import {
  newRun,
  reduce,
  type RunEventBody,
} from 'backstage-plugin-pipeline-demo-common';
import { sampleSpec } from '../testing/sampleRuns';
import { toLineView, toRunView } from './runView';

const CREATED_AT = Date.UTC(2026, 10, 24, 14, 2, 40);

describe('toRunView', () => {
  const run = newRun(
    sampleSpec({ id: 'r1', batchCount: 2, createdAt: CREATED_AT }),
  );
  const after = (...events: RunEventBody[]) => ({
    run: events.reduce(reduce, run),
    epoch: 1,
    lastLine: 7,
  });

  it('shows a new run with its whole plan', () => {
    expect(toRunView(after())).toMatchObject({
      id: 'r1',
      phase: 'queued',
      active: true,
      createdAt: '2026-11-24T14:02:40.000Z',
      progress: 0,
      counts: { total: 5, planned: 5 },
      lineCount: 7,
      hasReport: false,
      links: {
        self: '/demo/runs/r1',
        report: '/demo/runs/r1/report',
        logs: '/demo/runs/r1/logs',
        events: '/demo/runs/r1/events',
        stream: '/pipeline/stream?run=r1',
      },
    });
    expect(toRunView(after()).durationSeconds).toBeUndefined();
  });

  it('shows what the driver waits for', () => {
    const driver = {
      phase: 'waiting',
      since: CREATED_AT + 600,
      reason: { code: 'Unschedulable', message: '0/1 nodes are available' },
    } as const;
    const view = toRunView(
      after(
        { type: 'Launched', at: CREATED_AT + 500 },
        { type: 'DriverMoved', at: CREATED_AT + 700, driver },
      ),
    );
    expect(view).toMatchObject({ phase: 'starting', driver });
    expect(toRunView(after()).driver).toBeUndefined();
  });

  it('shows an end: outcome, times and duration', () => {
    const view = toRunView(
      after(
        { type: 'Launched', at: CREATED_AT + 500 },
        {
          type: 'DriverExited',
          at: CREATED_AT + 9_500,
          outcome: { type: 'failed', reason: 'lost', message: 'It is gone.' },
        },
        { type: 'NothingLeft', at: CREATED_AT + 11_000 },
      ),
    );
    expect(view).toMatchObject({
      phase: 'failed',
      active: false,
      launchedAt: '2026-11-24T14:02:40.500Z',
      finishedAt: '2026-11-24T14:02:49.500Z',
      endedAt: '2026-11-24T14:02:51.000Z',
      durationSeconds: 9.5,
      outcome: { type: 'failed', reason: 'lost' },
    });
  });
});

describe('toLineView', () => {
  it('has an ISO time, and says what was cut', () => {
    expect(
      toLineView({
        line: 3,
        task: 'REPORT',
        at: CREATED_AT,
        text: 'x',
        cut: 9,
      }),
    ).toEqual({
      line: 3,
      task: 'REPORT',
      at: '2026-11-24T14:02:40.000Z',
      text: 'x',
      cut: 9,
    });
  });
});
