import type { CoreV1Event, V1Job, V1Pod } from '@kubernetes/client-node';
import type { RunSpec } from 'backstage-plugin-pipeline-demo-common';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { driverState } from './driverAttempt';
import { objectName, ROLE_LABEL } from './objectNames';
import { RunObjects } from './RunObjects';

const run = { id: 'r1', createdAt: 0 } as RunSpec;

interface Captured {
  readonly job: V1Job;
  readonly pod?: V1Pod;
  readonly events: readonly CoreV1Event[];
}

/** As a cluster of version 1.34 has told it of a Job, which becomes the driver's. */
function captured(name: string): Captured {
  const file = join(__dirname, '__fixtures__', `${name}.json`);
  const found = JSON.parse(readFileSync(file, 'utf8')) as Captured;
  found.job.metadata!.name = objectName(run);
  if (found.pod) {
    found.pod.metadata!.labels = { [ROLE_LABEL]: 'driver' };
  }
  return found;
}

function stateOf({ job, pod, events }: Captured) {
  const objects = RunObjects.create();
  objects.jobs.apply({ type: 'all', objects: [job] });
  objects.pods.apply({ type: 'all', objects: pod ? [pod] : [] });
  objects.events.apply({ type: 'all', objects: events });
  return driverState(objects, run);
}

describe('driverState', () => {
  it.each([
    ['quota-exceeded', 'waiting', 'QuotaExceeded'],
    ['service-account-missing', 'waiting', 'ServiceAccountMissing'],
    ['unschedulable', 'waiting', 'Unschedulable'],
    ['claim-unbound', 'waiting', 'ClaimNotBound'],
    ['image-pull-back-off', 'starting', 'ImagePullBackOff'],
    ['config-map-missing', 'starting', 'CreateContainerConfigError'],
    ['volume-missing', 'starting', 'FailedMount'],
  ])('of %s is %s: %s', (name, phase, code) => {
    const { job, ...more } = captured(name);
    const since = new Date(job.metadata!.creationTimestamp!).getTime();
    const state = stateOf({ job, ...more });
    expect(state).toMatchObject({
      phase,
      reason: { code, message: expect.stringMatching(/./) },
    });
    expect(state!.since).toBeGreaterThanOrEqual(since);
    expect(state!.since - since).toBeLessThan(60_000);
  });

  it('is not there before the Job, and after the driver', () => {
    const objects = RunObjects.create();
    expect(driverState(objects, run)).toBeUndefined();
    const ended = captured('workspace-not-writable');
    ended.pod!.status!.phase = 'Failed';
    expect(stateOf(ended)).toBeUndefined();
  });
});
