import { diagnoseRun, newRun } from 'backstage-plugin-pipeline-demo-common';
import type { RunView, Task } from 'backstage-plugin-pipeline-demo-common';
import { createAsk } from '../__testUtils__/createAsk';
import {
  startTestPortal,
  type TestPortal,
} from '../__testUtils__/startTestPortal';
import { until } from '../__testUtils__/until';
import { sampleSpec } from '../testing/sampleRuns';

jest.setTimeout(90_000);

let portal: TestPortal;
afterEach(() => portal.stop());

const ask = createAsk(() => portal.url);
const BREAK = '/demo/runs/{runId}/tasks/{task}/break';

const SPEC = sampleSpec({ batchCount: 12 });

const runNow = async (runId: string): Promise<RunView> =>
  (await ask('GET', '/demo/runs/{runId}', { runId })).body;

async function startLongRun() {
  const { body } = await ask('POST', '/demo/run', { body: { batchCount: 12 } });
  const runId: string = body.run.id;
  const isRunning = ({ phase }: Task) => phase === 'running';
  const run = await until(
    () => runNow(runId),
    ({ tasks }) => tasks.some(isRunning),
  );
  return { runId, task: run.tasks.find(isRunning)?.id ?? '' };
}

describe('breaking a task', () => {
  it('fails the run, with a diagnosis, and stands in its prediction', async () => {
    process.env.PIPELINE_DEMO_PACE = '0.2';
    portal = await startTestPortal({ slots: 2 });
    expect((await ask('GET', '/demo/status')).body.breakIt).toBe(true);
    const { runId, task } = await startLongRun();

    const broken = await ask('POST', BREAK, { runId, task });
    expect(broken).toMatchObject({ status: 202, body: { id: runId } });
    const run = await until(
      () => runNow(runId),
      ({ active }) => !active,
    );
    expect(run).toMatchObject({
      phase: 'failed',
      outcome: { reason: 'task-failed', message: expect.stringMatching(task) },
      predicted: { engine: 'local', batchCount: 12, parallelSlots: 2 },
    });
    expect(run.tasks.find(({ id }) => id === task)).toMatchObject({
      phase: 'failed',
      attempts: [{ signal: 'SIGKILL' }],
    });
    expect(await ask('POST', BREAK, { runId, task })).toMatchObject({
      status: 409,
      body: { error: { reason: 'task-not-running' } },
    });
    expect(
      await ask('POST', BREAK, { runId, task: 'ANALYZE:99' }),
    ).toMatchObject({
      status: 404,
      body: { error: { reason: 'unknown-task' } },
    });
    expect(await ask('POST', BREAK, { runId: 'nope', task })).toMatchObject({
      status: 404,
      body: { error: { reason: 'unknown-run' } },
    });
    const { outcome, tasks } = run;
    expect(diagnoseRun({ ...newRun(SPEC), outcome, tasks })?.sentence).toBe(
      `${task} was ended by SIGKILL.`,
    );
  });

  it('is refused where it is not offered', async () => {
    portal = await startTestPortal({ breakIt: false });
    expect((await ask('GET', '/demo/status')).body.breakIt).toBe(false);
    expect(
      await ask('POST', BREAK, { runId: 'r1', task: 'REPORT' }),
    ).toMatchObject({
      status: 404,
      body: { error: { name: 'NotOfferedError', reason: 'not-offered' } },
    });
  });

  it('takes the permission to cancel', async () => {
    portal = await startTestPortal({
      allows: ({ name }) => name !== 'pipelineDemo.run.cancel',
    });
    expect(
      await ask('POST', BREAK, { runId: 'r1', task: 'REPORT' }),
    ).toMatchObject({
      status: 403,
      body: { error: { reason: 'not-allowed' } },
    });
  });
});
