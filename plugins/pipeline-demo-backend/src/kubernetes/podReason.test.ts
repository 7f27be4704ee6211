import type { V1Pod } from '@kubernetes/client-node';
import {
  diagnose,
  newRun,
  reduce,
} from 'backstage-plugin-pipeline-demo-common';
import type {
  RunSpec,
  WaitReason,
} from 'backstage-plugin-pipeline-demo-common';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reasonOf } from './podReason';
import type { Evidence } from './podReason';

/** As a cluster of version 1.34 has told it. */
function captured(name: string): Evidence {
  const file = join(__dirname, '__fixtures__', `${name}.json`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** What the page says of a task that waits for this reason. */
function explain(reason: WaitReason) {
  const spec: RunSpec = {
    id: 'r1',
    batchCount: 1,
    engine: 'kubernetes',
    createdBy: 'user:default/guest',
    createdAt: 0,
    seed: 1,
  };
  const attempt = { uid: 'a', createdAt: 0, phase: 'waiting', reason } as const;
  const fact = { type: 'TaskMoved', at: 0, task: 'REPORT', attempt } as const;
  const run = reduce(newRun(spec), fact);
  return diagnose(run, run.tasks.find(({ id }) => id === 'REPORT')!, 60_000);
}

describe('reasonOf', () => {
  it.each([
    [
      'quota-exceeded',
      'QuotaExceeded',
      'used: requests.cpu=10m, limited: requests.cpu=15m',
    ],
    ['quota-needs-limits', 'QuotaNeedsAmounts', 'must specify limits.cpu'],
    ['limit-range', 'LimitRange', 'maximum cpu usage per Container is 50m'],
    ['pod-security', 'PodSecurity', 'violates PodSecurity "baseline:latest"'],
    [
      'service-account-missing',
      'ServiceAccountMissing',
      'serviceaccount "nobody" not found',
    ],
    ['unschedulable', 'Unschedulable', '1 Insufficient cpu'],
    ['claim-missing', 'ClaimNotBound', 'persistentvolumeclaim "nowhere"'],
    ['claim-unbound', 'ClaimNotBound', 'unbound immediate'],
    ['image-pull-back-off', 'ImagePullBackOff', '"localhost/missing:1"'],
    ['image-name-invalid', 'InvalidImageName', '"Not A Name"'],
    ['image-never-pulled', 'ErrImageNeverPull', '"localhost/missing:1"'],
    [
      'config-map-missing',
      'CreateContainerConfigError',
      'configmap "nowhere" not found',
    ],
    ['volume-missing', 'FailedMount', 'configmap "nowhere" not found'],
    [
      'workspace-not-writable',
      'WorkspaceNotWritable',
      'The claim pipeline-demo-work cannot be written by user 1000.',
    ],
    ['program-missing', 'StartError', '/no/such/program'],
    ['out-of-memory', 'OOMKilled', ''],
    ['evicted', 'Evicted', 'Eviction API: evicting'],
    ['deadline-exceeded', 'DeadlineExceeded', 'longer than specified deadline'],
  ])('of %s is %s', (name, code, words) => {
    const found = reasonOf(captured(name));
    expect(found?.code).toBe(code);
    expect(found?.message).toContain(words);
    expect(explain(found!)?.sentence).not.toContain('the engine says');
  });

  it('is none for what has succeeded, whatever happened on the way', () => {
    expect(reasonOf(captured('out-of-memory-of-a-child'))).toBeUndefined();
  });

  it('is none for what is under way', () => {
    const { job, pod, events } = captured('volume-missing');
    const created = events.filter(({ reason }) => reason !== 'FailedMount');
    expect(reasonOf({ job, pod, events: created })).toBeUndefined();
    expect(reasonOf({ events: [] })).toBeUndefined();
  });

  it('does not hold an Event against a pod that has got over it', () => {
    const { job, pod, events } = captured('volume-missing');
    const running = {
      ...pod?.status?.containerStatuses?.[0],
      state: { running: { startedAt: new Date() } },
    };
    const started = {
      ...pod,
      status: { phase: 'Running', containerStatuses: [running] },
    } as V1Pod;
    expect(reasonOf({ job, pod: started, events })).toBeUndefined();
  });

  it('does not hold a refusal against a Job whose pod came in the end', () => {
    const { job, events } = captured('quota-exceeded');
    const created = { ...events[0], reason: 'SuccessfulCreate' };
    const all = [...events, created];
    expect(reasonOf({ job, events: all })).toBeUndefined();
  });

  it('knows a pod that was preempted, and one whose node is lost', () => {
    const { job, pod, events } = captured('evicted');
    const because = (reason: string) =>
      reasonOf({
        job,
        events,
        pod: {
          ...pod,
          status: {
            ...pod?.status,
            conditions: [{ type: 'DisruptionTarget', status: 'True', reason }],
          },
        },
      })?.code;
    expect(because('PreemptionByScheduler')).toBe('Preempted');
    expect(because('DeletionByTaintManager')).toBe('NodeLost');
    expect(because('TerminationByKubelet')).toBe('Evicted');
  });

  it("takes the kubelet's word for a pod that it evicted by itself", () => {
    const { job, pod, events } = captured('evicted');
    const message = 'The node was low on resource: memory.';
    const status = { phase: 'Failed', reason: 'Evicted', message };
    expect(reasonOf({ job, pod: { ...pod, status }, events })).toEqual({
      code: 'Evicted',
      message,
    });
  });

  it('says of a running pod that its node does not answer', () => {
    const { pod } = captured('deadline-exceeded');
    const message = 'Node is not ready';
    const away = {
      metadata: {},
      involvedObject: {},
      reason: 'NodeNotReady',
      message,
    };
    const status = {
      ...pod?.status,
      conditions: [{ type: 'Ready', status: 'False' }],
    };
    const evidence = { pod: { ...pod, status }, events: [away] };
    expect(reasonOf(evidence)).toEqual({ code: 'NodeNotReady', message });
    const back = { ...status, conditions: [{ type: 'Ready', status: 'True' }] };
    expect(
      reasonOf({ ...evidence, pod: { ...pod, status: back } }),
    ).toBeUndefined();
  });
});
