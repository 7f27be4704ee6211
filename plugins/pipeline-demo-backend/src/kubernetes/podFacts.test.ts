import type { V1Job, V1Pod } from '@kubernetes/client-node';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { attemptOf } from './podFacts';

const uid = 'the-uid-of-its-job';

const podOf = (name: string): V1Pod =>
  JSON.parse(
    readFileSync(join(__dirname, '__fixtures__', `${name}.pod.json`), 'utf8'),
  ) as V1Pod;

const attemptOfPod = (name: string) =>
  attemptOf({ uid, pod: podOf(name), events: [], isGone: false });

/** As the API server writes it. */
const at = (time: string) => Date.parse(`2026-11-24T${time}Z`);

describe('attemptOf', () => {
  it('has a Job without a pod wait', () => {
    const creationTimestamp = '2026-11-24T13:00:00Z' as unknown as Date;
    const job: V1Job = { metadata: { name: 'nf-1', creationTimestamp } };
    expect(attemptOf({ uid, job, events: [], isGone: false })).toMatchObject({
      uid,
      createdAt: at('13:00:00'),
      phase: 'waiting',
      waitingAt: at('13:00:00'),
      place: 'nf-1',
    });
  });

  it.each([
    ['no-node-yet', 'waiting', undefined],
    ['unschedulable', 'waiting', undefined],
    ['container-creating', 'starting', undefined],
    ['image-pull-error', 'starting', undefined],
    ['running', 'running', undefined],
    ['succeeded-in-phase-running', 'succeeded', 0],
    ['report-never-seen-running', 'succeeded', 0],
    ['out-of-memory', 'failed', 137],
    ['evicted-by-api', 'failed', 143],
    ['worker-terminated-by-deletion', 'failed', 143],
  ])('goes by the container, not by the pod: %s', (name, phase, exitCode) => {
    const attempt = attemptOfPod(name);
    expect(attempt).toMatchObject({ uid, phase });
    expect(attempt.exitCode).toBe(exitCode);
  });

  it('has the times of a task that was never seen running', () => {
    const { createdAt, startingAt, runningAt, endedAt } = attemptOfPod(
      'report-never-seen-running',
    );
    expect([createdAt, startingAt, runningAt, endedAt]).toEqual([
      at('13:13:21'),
      at('13:13:21'),
      expect.any(Number),
      expect.any(Number),
    ]);
    expect(runningAt).toBeGreaterThanOrEqual(createdAt);
    expect(endedAt).toBeGreaterThanOrEqual(runningAt!);
  });

  it('names the signal that ended it, and whether it was the memory', () => {
    expect(attemptOfPod('out-of-memory')).toMatchObject({
      signal: 'SIGKILL',
      outOfMemory: true,
    });
    expect(attemptOfPod('evicted-by-api')).toMatchObject({ signal: 'SIGTERM' });
    expect(attemptOfPod('evicted-by-api').outOfMemory).toBeUndefined();
  });

  it('has succeeded when it went on without a child that the kernel killed', () => {
    const pod = podOf('out-of-memory');
    const { state } = pod.status!.containerStatuses![0];
    state!.terminated!.exitCode = 0;
    const attempt = attemptOf({ uid, pod, events: [], isGone: false });
    expect(state!.terminated!.reason).toBe('OOMKilled');
    expect(attempt).toMatchObject({ phase: 'succeeded', exitCode: 0 });
    expect(attempt.outOfMemory).toBeUndefined();
    expect(attempt.reason).toBeUndefined();
  });

  it('has failed when its pod has, before any container of it ran', () => {
    const pod = podOf('no-node-yet');
    const status = { phase: 'Failed', reason: 'Evicted', message: 'The node' };
    const evicted = { ...pod, status };
    expect(
      attemptOf({ uid, pod: evicted, events: [], isGone: false }),
    ).toMatchObject({ phase: 'failed', reason: { code: 'Evicted' } });
  });

  it('has failed when it is gone and was never seen to end', () => {
    const gone = { uid, events: [], isGone: true };
    expect(attemptOf({ ...gone, pod: podOf('running') })).toMatchObject({
      phase: 'failed',
      reason: { code: 'Deleted' },
    });
    expect(
      attemptOf({ ...gone, pod: podOf('succeeded-in-phase-running') }),
    ).toMatchObject({ phase: 'succeeded' });
  });

  it('goes by the container of the task, whatever else the cluster puts into the pod', () => {
    const pod = podOf('running');
    const name = 'istio-proxy';
    const state = { terminated: { exitCode: 1 } };
    const proxy = { name, state } as never;
    pod.status!.containerStatuses!.unshift(proxy);
    expect(attemptOf({ uid, pod, events: [], isGone: false })).toMatchObject({
      phase: 'running',
    });
  });
});
