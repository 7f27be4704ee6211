import type { V1Job, V1Pod } from '@kubernetes/client-node';
import type { RunSpec } from 'backstage-plugin-pipeline-demo-common';
import { neverStarted } from './neverStarted';
import {
  APP,
  APP_LABEL,
  objectName,
  ROLE_LABEL,
  RUN_LABEL,
  TASK_LABEL,
} from './objectNames';
import { RunObjects } from './RunObjects';

const START = Date.parse('2026-11-24T14:00:00Z');
const TIMEOUT_MS = 300_000;
const run = { id: 'r1', createdAt: START } as RunSpec;

/** Seconds after the run was asked for, as the API server writes times. */
const at = (seconds: number) =>
  new Date(START + seconds * 1000).toISOString() as unknown as Date;

type Phase = 'no pod' | 'no node' | 'being made' | 'running' | 'succeeded';

/** A Job and its pod, made after so many seconds, which are so far. */
function pair(task: string, seconds: number, phase: Phase) {
  const isDriver = task === 'driver';
  const name = isDriver ? objectName(run) : `nf-${task}`;
  const labels = {
    [APP_LABEL]: APP,
    [RUN_LABEL]: run.id,
    [ROLE_LABEL]: isDriver ? 'driver' : 'worker',
    ...(!isDriver && { [TASK_LABEL]: task.replace(':', '_') }),
  };
  const uid = `job of ${task}`;
  const creationTimestamp = at(seconds);
  const job: V1Job = { metadata: { name, uid, labels, creationTimestamp } };
  const pod: V1Pod = {
    metadata: {
      name,
      uid: `pod of ${task}`,
      labels,
      creationTimestamp,
      ownerReferences: [{ uid, name, kind: 'Job', apiVersion: 'batch/v1' }],
    },
    spec: { containers: [{ name }] },
    status: statusOf(name, seconds, phase),
  };
  return { job, pods: phase === 'no pod' ? [] : [pod] };
}

function statusOf(
  name: string,
  seconds: number,
  phase: Phase,
): V1Pod['status'] {
  if (phase === 'no node') {
    const message = '0/1 nodes are available: 1 Insufficient cpu.';
    const reason = 'Unschedulable';
    return {
      conditions: [{ type: 'PodScheduled', status: 'False', reason, message }],
    };
  }
  const lastTransitionTime = at(seconds);
  const startedAt = at(seconds);
  const states = {
    'no pod': {},
    'being made': { waiting: { reason: 'ContainerCreating' } },
    running: { running: { startedAt } },
    succeeded: {
      terminated: { exitCode: 0, startedAt, finishedAt: at(seconds + 5) },
    },
  };
  return {
    conditions: [{ type: 'PodScheduled', status: 'True', lastTransitionTime }],
    containerStatuses: [{ name, state: states[phase] } as never],
  };
}

/** What has become of the run by then, if there is this of it. */
function after(seconds: number, ...all: readonly ReturnType<typeof pair>[]) {
  const objects = RunObjects.create();
  objects.jobs.apply({ type: 'all', objects: all.map(({ job }) => job) });
  objects.pods.apply({ type: 'all', objects: all.flatMap(({ pods }) => pods) });
  const now = START + seconds * 1000;
  return neverStarted(objects, run, { now, startTimeoutMs: TIMEOUT_MS });
}

const outcome = (message: string, code?: string) => ({
  type: 'driverExited',
  outcome: code
    ? { type: 'failed', reason: 'never-started', message, code }
    : { type: 'failed', reason: 'never-started', message },
});

describe('neverStarted', () => {
  it('ends a run whose driver finds no node, with the reason', () => {
    const driver = pair('driver', 2, 'no node');
    expect(after(301, driver)).toBeUndefined();
    expect(after(302, driver)).toEqual({
      at: START + 302_000,
      ...outcome(
        'The driver has not started in 5 min: 0/1 nodes are available: 1 Insufficient cpu.',
        'Unschedulable',
      ),
    });
  });

  it('ends a run whose Job gets no pod, whether it is told why or not', () => {
    const driver = pair('driver', 2, 'no pod');
    expect(after(302, driver)).toMatchObject(
      outcome('The driver has not started in 5 min'),
    );
    expect(after(302, driver)).not.toHaveProperty('outcome.code');
  });

  it('ends a run of which all tasks wait, although the driver runs', () => {
    const driver = pair('driver', 2, 'running');
    const first = pair('GENERATE:1', 10, 'being made');
    const second = pair('GENERATE:2', 11, 'no node');
    expect(after(310, driver, first, second)).toBeUndefined();
    expect(after(311, driver, first, second)).toMatchObject(
      outcome(
        'GENERATE:2 has not started in 5 min: 0/1 nodes are available: 1 Insufficient cpu.',
        'Unschedulable',
      ),
    );
  });

  it('has hope while a task works, or has just ended', () => {
    const driver = pair('driver', 2, 'running');
    const waits = pair('GENERATE:2', 11, 'no node');
    expect(
      after(900, driver, waits, pair('GENERATE:1', 10, 'running')),
    ).toBeUndefined();
    const ended = pair('GENERATE:1', 600, 'succeeded');
    expect(after(900, driver, waits, ended)).toBeUndefined();
    expect(after(905, driver, waits, ended)).toBeDefined();
  });

  it('leaves a driver alone that thinks, with nothing that waits', () => {
    expect(after(900, pair('driver', 2, 'running'))).toBeUndefined();
    expect(after(900)).toBeUndefined();
  });

  it('counts from the click when objects are older: clocks differ', () => {
    expect(after(299, pair('driver', -60, 'no node'))).toBeUndefined();
    expect(after(300, pair('driver', -60, 'no node'))).toBeDefined();
  });
});
