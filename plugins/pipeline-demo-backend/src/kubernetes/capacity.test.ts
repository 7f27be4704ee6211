import type {
  KubernetesObject,
  V1LimitRange,
  V1Node,
  V1Pod,
  V1ResourceQuota,
} from '@kubernetes/client-node';
import { FakeClock } from '../testing/FakeClock';
import { readCapacity } from './capacity';
import { ClusterError } from './Cluster';
import type { ObjectList, Resource } from './Cluster';
import type { WorkerPlacement } from './KubernetesOptions';
import { PodCluster } from './__testUtils__/PodCluster';

const GIB = 2 ** 30;

/** What there is; what is missing here is forbidden. */
type Lists = Readonly<Partial<Record<Resource, readonly KubernetesObject[]>>>;

class ListCluster extends PodCluster {
  readonly #lists: Lists;

  constructor(lists: Lists) {
    super();
    this.#lists = lists;
  }

  async list<T extends KubernetesObject>(
    resource: Resource,
  ): Promise<ObjectList<T>> {
    const items = this.#lists[resource] as readonly T[] | undefined;
    if (!items) {
      throw new ClusterError(403, 'Forbidden', 'no', `list ${resource}`);
    }
    return { items, resourceVersion: '1' };
  }
}

function read(lists: Lists, workerPlacement: WorkerPlacement = 'any-node') {
  const clock = FakeClock.create();
  const cluster = new ListCluster({ pods: [], ...lists });
  const deps = { cluster, clock, workerPlacement };
  return readCapacity(deps, new AbortController().signal);
}

function quota(
  hard: Record<string, string>,
  used: Record<string, string> = {},
  scopes?: string[],
): V1ResourceQuota {
  return { spec: { hard, scopes }, status: { hard, used } };
}

function node(cpu: string, memory: string, spec: V1Node['spec'] = {}): V1Node {
  return {
    spec,
    status: {
      allocatable: { cpu, memory },
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  };
}

function pod(cpu: string, memory: string, phase = 'Running'): V1Pod {
  const requests = { cpu, memory };
  const containers = [{ name: 'main', resources: { requests } }];
  return { spec: { nodeName: 'a', containers }, status: { phase } };
}

describe('readCapacity', () => {
  it('takes the quota as it is, and what of it is used', async () => {
    const capacity = await read({
      resourcequotas: [
        quota(
          { 'requests.cpu': '14', 'limits.memory': '50Gi', pods: '3' },
          { 'requests.cpu': '150m', 'limits.memory': '128Mi' },
        ),
      ],
    });
    expect(capacity).toEqual({
      basis: 'quota',
      at: FakeClock.create().now(),
      limit: { cpu: 14, memory: 50 * GIB },
      used: { cpu: 0.15, memory: 2 ** 27 },
    });
  });

  it('takes the tightest of several quotas, of requests and of limits', async () => {
    const capacity = await read({
      resourcequotas: [
        quota(
          { cpu: '20', 'limits.cpu': '16' },
          { cpu: '2', 'limits.cpu': '4' },
        ),
        quota(
          { 'requests.cpu': '30', memory: '10Gi' },
          { 'requests.cpu': '19' },
        ),
      ],
    });
    expect(capacity.limit).toEqual({ cpu: 30, memory: 10 * GIB });
    expect(capacity.used).toEqual({ cpu: 19, memory: 0 });
  });

  it('does not limit what a quota does not name', async () => {
    const capacity = await read({ resourcequotas: [quota({ cpu: '4' })] });
    expect(capacity.limit).toEqual({ cpu: 4, memory: Infinity });
  });

  it('leaves quotas out that are for other pods', async () => {
    const capacity = await read({
      resourcequotas: [
        quota({ cpu: '1' }, {}, ['BestEffort']),
        quota({ cpu: '2' }, {}, ['Terminating']),
        {
          spec: {
            hard: { cpu: '3' },
            scopeSelector: {
              matchExpressions: [
                {
                  operator: 'In',
                  scopeName: 'PriorityClass',
                  values: ['high'],
                },
              ],
            },
          },
        },
        quota({ cpu: '6' }, {}, ['NotTerminating', 'NotBestEffort']),
      ],
    });
    expect(capacity.limit?.cpu).toBe(6);
  });

  it('reads a quota that the controller has not counted yet', async () => {
    const fresh: V1ResourceQuota = { spec: { hard: { 'requests.cpu': '14' } } };
    const capacity = await read({ resourcequotas: [fresh] });
    expect(capacity).toMatchObject({ limit: { cpu: 14 }, used: { cpu: 0 } });
  });

  it('takes the nodes where there is no quota', async () => {
    const capacity = await read({
      resourcequotas: [],
      nodes: [
        node('4', '16Gi'),
        node('7900m', '8Gi'),
        node('64', '256Gi', { unschedulable: true }),
        node('64', '256Gi', {
          taints: [{ key: 'control-plane', effect: 'NoSchedule' }],
        }),
      ],
      pods: [pod('1', '1Gi'), pod('500m', '1Gi'), pod('2', '4Gi', 'Succeeded')],
    });
    expect(capacity).toMatchObject({
      basis: 'nodes',
      limit: { cpu: 11.9, memory: 24 * GIB },
      used: { cpu: 1.5, memory: 2 * GIB },
      largestNode: { cpu: 7.9, memory: 16 * GIB },
    });
  });

  it('takes one node where all pods of a run are on the same', async () => {
    const nodes = [node('4', '16Gi'), node('8', '8Gi')];
    const capacity = await read({ resourcequotas: [], nodes }, 'driver-node');
    expect(capacity.limit).toEqual({ cpu: 8, memory: 16 * GIB });
  });

  it('takes the nodes where they are smaller than the quota', async () => {
    const capacity = await read({
      resourcequotas: [quota({ cpu: '14', memory: '8Gi' })],
      nodes: [node('4', '16Gi')],
    });
    expect(capacity.basis).toBe('quota');
    expect(capacity.limit).toEqual({ cpu: 4, memory: 8 * GIB });
  });

  it('knows the largest pod that the namespace allows', async () => {
    const range: V1LimitRange = {
      spec: {
        limits: [
          { type: 'Container', max: { cpu: '2', memory: '8Gi' } },
          { type: 'Pod', max: { memory: '4Gi' } },
          { type: 'PersistentVolumeClaim', max: { memory: '1Gi' } },
        ],
      },
    };
    const capacity = await read({ limitranges: [range] });
    expect(capacity.largestPod).toEqual({ cpu: 2, memory: 4 * GIB });
    expect(capacity.basis).toBe('none');
    expect(capacity.limit).toBeUndefined();
  });

  it('says that it does not know what it may not read', async () => {
    expect(await read({})).toEqual({
      basis: 'none',
      at: FakeClock.create().now(),
    });
  });

  it('fails when the API server does not answer', async () => {
    const cluster = Object.assign(new PodCluster(), {
      list: () => Promise.reject(new Error('connection refused')),
    });
    const clock = FakeClock.create();
    const deps = { cluster, clock, workerPlacement: 'any-node' } as const;
    const { signal } = new AbortController();
    await expect(readCapacity(deps, signal)).rejects.toThrow('refused');
  });
});
