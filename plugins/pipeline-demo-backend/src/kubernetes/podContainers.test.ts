import type { V1Pod } from '@kubernetes/client-node';
import { hasEnded, podContainers } from './podContainers';
import { podOf } from './__testUtils__/PodCluster';

const STARTED = new Date('2026-11-24T13:25:02Z');

function found(pod: V1Pod) {
  return podContainers(pod).map(({ container, task, state }) => [
    container,
    task,
    state,
  ]);
}

describe('podContainers', () => {
  it('knows the task of a worker, and whether it has started', () => {
    const pod = podOf('g2', 'r1', 'GENERATE:2', {
      main: { running: { startedAt: STARTED } },
    });
    expect(podContainers(pod)).toEqual([
      {
        id: 'uid-g2/main',
        task: 'GENERATE:2',
        pod: 'g2',
        container: 'main',
        state: 'running',
        startedAt: STARTED.getTime(),
      },
    ]);
  });

  it('takes what prepares a pod, and not what a mesh has put into it', () => {
    const pod = podOf('driver', 'r1', 'driver', {
      driver: { waiting: { reason: 'PodInitializing' } },
      'istio-proxy': { running: { startedAt: STARTED } },
    });
    pod.spec!.initContainers = [
      { name: 'prepare' },
      { name: 'sidecar', restartPolicy: 'Always' },
    ];
    pod.status!.initContainerStatuses = [
      {
        ...pod.status!.containerStatuses![0],
        name: 'prepare',
        state: { terminated: { exitCode: 0, startedAt: STARTED } },
      },
    ];
    expect(found(pod)).toEqual([
      ['prepare', 'driver', 'terminated'],
      ['driver', 'driver', 'waiting'],
    ]);
  });

  it('has no log of a container that could not be started', () => {
    const pod = podOf('report', 'r1', 'REPORT', {
      main: {
        terminated: {
          exitCode: 128,
          reason: 'StartError',
          startedAt: new Date(0),
        },
      },
    });
    expect(found(pod)).toEqual([['main', 'REPORT', 'unstarted']]);
  });

  it.each(['', 'GENERATE', 'GENERATE_0', 'CLEAN_1', 'GENERATE_2_3'])(
    'does not follow a worker of the task "%s"',
    task => {
      expect(found(podOf('x', 'r1', task, { main: {} }))).toEqual([]);
    },
  );
});

describe('hasEnded', () => {
  const driver = (state: object) => podOf('d', 'r1', 'driver', { main: state });

  it('is so when the container has ended, or the pod has failed without it', () => {
    const evicted = { ...driver({}), status: { phase: 'Failed' } };
    expect(hasEnded(driver({ terminated: { exitCode: 0 } }))).toBe(true);
    expect(hasEnded(evicted)).toBe(true);
    expect(hasEnded(driver({ running: {} }))).toBe(false);
    expect(hasEnded(driver({}))).toBe(false);
  });
});
