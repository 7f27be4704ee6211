import { mockServices } from '@backstage/backend-test-utils';
import type { Run } from 'backstage-plugin-pipeline-demo-common';
import { newRun } from 'backstage-plugin-pipeline-demo-common';
import { ending, sampleSpec } from '../testing/sampleRuns';
import { useRunWorld } from '../testing/useRunWorld';
import { notify } from './notify';

const world = useRunWorld();

function notified(run: Run, send = jest.fn(async () => {})) {
  const logger = mockServices.logger.mock();
  const observer = notify({ notifications: { send }, logger });
  const publish = () =>
    observer.published({ runId: run.id, events: ending(run).events, run });
  publish();
  return { send, logger, publish };
}

const ended = (changes: Partial<Run>): Run => {
  const { snapshot } = ending(newRun(sampleSpec({ id: 'r1' })));
  return { ...snapshot, finishedAt: snapshot.createdAt + 65_000, ...changes };
};

describe('notify', () => {
  it.each([
    [
      ended({ outcome: { type: 'succeeded' } }),
      { title: 'Run r1 succeeded after 1:05', severity: 'low' },
    ],
    [
      ended({
        phase: 'failed',
        outcome: {
          type: 'failed',
          reason: 'task-failed',
          message: 'ANALYZE:3 ended with exit code 3.',
        },
      }),
      {
        title: 'Run r1 failed after 1:05',
        description: 'ANALYZE:3 ended with exit code 3.',
        severity: 'high',
      },
    ],
    [
      ended({ phase: 'cancelled', cancelAskedBy: 'user:default/anna' }),
      {
        title: 'Run r1 was cancelled after 1:05',
        description: 'By user:default/anna.',
      },
    ],
  ])('tells whoever started it: %#', (run, payload) => {
    const { send } = notified(run);
    expect(send.mock.calls).toMatchObject([
      [
        {
          recipients: { type: 'entity', entityRef: 'user:default/guest' },
          payload: {
            ...payload,
            scope: 'r1',
            link: '/pipeline-demo/runs/r1',
          },
        },
      ],
    ]);
  });

  it.each([
    ['a run that goes on', newRun(sampleSpec())],
    ['a run of a service', ended({ createdBy: 'plugin:scaffolder' })],
    [
      'what one has done oneself',
      ended({ phase: 'cancelled', cancelAskedBy: 'user:default/guest' }),
    ],
  ])('tells nobody of %s', (_, run) => {
    expect(notified(run).send).not.toHaveBeenCalled();
  });

  it('needs no notifications plugin, and says so once', async () => {
    const send = jest.fn(async () => {
      throw new Error('Request failed with status 404');
    });
    const { logger, publish } = notified(ended({}), send);
    publish();
    await world().clock.until(async () => logger.info.mock.calls.length > 0);
    expect(send).toHaveBeenCalledTimes(2);
    expect(logger.info).toHaveBeenCalledTimes(1);
  });
});
