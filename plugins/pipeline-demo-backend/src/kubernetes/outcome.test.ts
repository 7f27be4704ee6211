import type { V1Job, V1JobCondition, V1Pod } from '@kubernetes/client-node';
import type { RunSpec } from 'backstage-plugin-pipeline-demo-common';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { objectName } from './objectNames';
import { endOf } from './outcome';
import { RunObjects } from './RunObjects';

const NOW = Date.parse('2026-11-24T14:00:00Z');
const run = { id: 'r1', createdAt: 0 } as RunSpec;

const podOf = (name: string): V1Pod =>
  JSON.parse(
    readFileSync(join(__dirname, '__fixtures__', `${name}.pod.json`), 'utf8'),
  ) as V1Pod;

function driverJob(...conditions: Partial<V1JobCondition>[]): V1Job {
  const metadata = { name: objectName(run), uid: 'job' };
  const full = conditions.map(condition => ({ status: 'True', ...condition }));
  return { metadata, status: { conditions: full as V1JobCondition[] } };
}

/** The end of a run of which there is this. */
function end(jobs: readonly V1Job[], pods: readonly V1Pod[]) {
  const objects = RunObjects.create();
  objects.jobs.apply({ type: 'all', objects: jobs });
  objects.pods.apply({ type: 'all', objects: pods });
  return endOf(objects, run, NOW);
}

const failed = (reason: string, message: unknown, code?: string) => ({
  type: 'driverExited',
  outcome: code
    ? { type: 'failed', reason, message, code }
    : { type: 'failed', reason, message },
});

const BACKOFF = { type: 'Failed', reason: 'BackoffLimitExceeded' };

describe('endOf', () => {
  it('is not there while the driver runs', () => {
    expect(end([driverJob()], [])).toBeUndefined();
    const driver = podOf('driver-succeeded');
    driver.status!.containerStatuses![0].state = { running: {} };
    expect(end([driverJob()], [driver])).toBeUndefined();
  });

  it('is known before the Job knows it', () => {
    expect(end([driverJob()], [podOf('driver-succeeded')])).toEqual({
      type: 'driverExited',
      at: Date.parse('2026-11-24T13:27:52Z'),
      outcome: { type: 'succeeded' },
    });
  });

  it('is told by the Job when its pod is gone', () => {
    const job = driverJob({ type: 'Complete' });
    const succeeded = { ...job, status: { ...job.status, succeeded: 1 } };
    expect(end([succeeded], [])).toMatchObject({
      outcome: { type: 'succeeded' },
    });
    expect(end([driverJob(BACKOFF)], [])).toMatchObject(
      failed('lost', "The driver's pod is lost.", 'Deleted'),
    );
  });

  it('is a missing Job', () => {
    expect(end([], [podOf('running')])).toEqual({
      type: 'jobMissing',
      at: NOW,
      message: 'The Job pipeline-demo-r1 is not there.',
    });
  });

  it('is the deadline, whatever exit code the driver has left', () => {
    const deadline = { type: 'FailureTarget', reason: 'DeadlineExceeded' };
    const driver = podOf('driver-ended-by-deletion');
    expect(end([driverJob(deadline)], [driver])).toMatchObject({
      type: 'deadline',
    });
  });

  it('waits for the Job when the driver was ended from outside', () => {
    const driver = podOf('driver-ended-by-deletion');
    expect(end([driverJob()], [driver])).toBeUndefined();
    expect(end([driverJob(BACKOFF)], [driver])).toMatchObject(
      failed('lost', expect.stringContaining('ended from outside'), 'Deleted'),
    );
    driver.status!.conditions = [
      {
        type: 'DisruptionTarget',
        status: 'True',
        reason: 'PreemptionByScheduler',
        message: 'preempting to accommodate a higher priority pod',
      },
    ];
    expect(end([driverJob(BACKOFF)], [driver])).toMatchObject(
      failed('lost', expect.stringContaining('higher priority'), 'Preempted'),
    );
  });

  it('names the task that has failed, and how', () => {
    const driver = podOf('driver-failed-after-task');
    expect(end([driverJob()], [driver, podOf('out-of-memory')])).toMatchObject(
      failed(
        'task-failed',
        'GENERATE:2 ran out of memory and was killed.',
        'OOMKilled',
      ),
    );
  });

  it('names the task that could not start', () => {
    const driver = podOf('driver-failed-after-task');
    expect(
      end([driverJob()], [driver, podOf('image-pull-error')]),
    ).toMatchObject(
      failed(
        'task-failed',
        expect.stringContaining('localhost/missing:1'),
        'ErrImagePull',
      ),
    );
  });

  it('names what the driver has left, when no task has failed', () => {
    const driver = podOf('driver-failed-after-task');
    const { terminated } = driver.status!.containerStatuses![0].state!;
    const ends: [Partial<typeof terminated>, string, unknown, string?][] = [
      [
        { message: '{"v":1,"kind":"error","message":"No such right"}' },
        'driver-failed',
        'No such right',
      ],
      [
        { message: 'N E X T F L O W\nERROR ~ Unknown config\n -- Check' },
        'driver-failed',
        'Unknown config',
      ],
      [
        { message: undefined },
        'driver-failed',
        'The driver ended with exit code 1.',
      ],
      [
        { exitCode: 137, reason: 'OOMKilled' },
        'lost',
        'The driver ran out of memory and was killed.',
        'OOMKilled',
      ],
      [
        { exitCode: 137 },
        'lost',
        'The driver was killed by signal 9.',
        'Killed',
      ],
    ];
    for (const [changes, reason, message, code] of ends) {
      driver.status!.containerStatuses![0].state = {
        terminated: { ...terminated!, ...changes },
      };
      expect(end([driverJob()], [driver])).toMatchObject(
        failed(reason, message, code),
      );
    }
  });

  it('is an eviction of the driver', () => {
    const driver = podOf('driver-succeeded');
    const message = 'The node was low on resource: memory.';
    driver.status = { phase: 'Failed', reason: 'Evicted', message };
    expect(end([driverJob(BACKOFF)], [driver])).toMatchObject(
      failed(
        'lost',
        `The driver's pod has failed. Evicted: ${message}`,
        'Evicted',
      ),
    );
  });

  it('is a workflow that could not be made ready', () => {
    const driver = podOf('driver-succeeded');
    const message =
      '{"v":1,"kind":"error","code":"WorkspaceNotWritable","message":"The claim cannot be written."}';
    driver.status = {
      phase: 'Failed',
      initContainerStatuses: [
        {
          name: 'prepare',
          state: { terminated: { exitCode: 1, message } },
        } as never,
      ],
    };
    expect(end([driverJob(BACKOFF)], [driver])).toMatchObject(
      failed(
        'driver-failed',
        'The claim cannot be written.',
        'WorkspaceNotWritable',
      ),
    );
    driver.status.initContainerStatuses![0].state = {
      terminated: { exitCode: 2 },
    };
    expect(end([driverJob(BACKOFF)], [driver])).toMatchObject(
      failed(
        'driver-failed',
        'The workflow could not be made ready (exit code 2).',
        'PreparationFailed',
      ),
    );
  });
});
