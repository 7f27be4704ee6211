import type { KubernetesObject } from '@kubernetes/client-node';
import { FakeClock } from '../testing/FakeClock';
import { checkCluster, checkHealth } from './checkCluster';
import { ClusterError } from './Cluster';
import type { Cluster, ObjectList, Resource } from './Cluster';
import type { KubernetesOptions } from './KubernetesOptions';
import { PodCluster } from './__testUtils__/PodCluster';

const GIB = 2 ** 30;

const OPTIONS: KubernetesOptions = {
  driver: {
    image: 'nextflow/nextflow:25.04.4',
    cpu: 2,
    memory: 4 * GIB,
    serviceAccount: 'pipeline-demo-driver',
  },
  worker: {
    image: 'ubuntu:24.04',
    cpu: 1,
    memory: 3_800_000_000,
    serviceAccount: 'pipeline-demo-worker',
  },
  claim: 'pipeline-demo-work',
  workerPlacement: 'driver-node',
  imagePullPolicy: 'IfNotPresent',
  imagePullSecrets: [],
  deadlineMs: 900_000,
  startTimeoutMs: 300_000,
  keepFinishedMs: 3_600_000,
  pace: 1,
};

/** Objects by path; "forbidden" for what may not be seen. */
type Objects = Readonly<Record<string, object | 'forbidden' | undefined>>;

const QUOTA = {
  status: {
    hard: { 'requests.cpu': '14', 'requests.memory': '50Gi' },
    used: {},
  },
};

const HEALTHY: Objects = {
  'namespaces/demo': {
    metadata: {
      labels: { 'pod-security.kubernetes.io/enforce': 'baseline' },
    },
  },
  'resourcequotas/demo': QUOTA,
  'persistentvolumeclaims/pipeline-demo-work': {
    spec: { accessModes: ['ReadWriteOnce'] },
    status: { phase: 'Bound' },
  },
  'serviceaccounts/pipeline-demo-driver': {},
  'serviceaccounts/pipeline-demo-worker': {},
  'events/1': pulled('nextflow/nextflow:25.04.4', 1),
  'events/2': pulled('ubuntu:24.04', 2),
  'nodes/all': 'forbidden',
};

function pulled(image: string, second: number) {
  return {
    reason: 'Pulled',
    message: `Container image "${image}" already present on machine`,
    lastTimestamp: `2026-11-24T13:10:0${second}Z`,
  };
}

/** A cluster with these objects, which may do all but what is in `denied`. */
function clusterOf(
  objects: Objects,
  more: Partial<Pick<Cluster, 'may' | 'version'>> = {},
): Cluster {
  const see = <T extends KubernetesObject>(path: string, asked: string) => {
    if (objects[path] === 'forbidden') {
      throw new ClusterError(403, 'Forbidden', 'no', asked);
    }
    return objects[path] as T | undefined;
  };
  return Object.assign(new PodCluster(), {
    async get<T extends KubernetesObject>(resource: Resource, name: string) {
      return see<T>(`${resource}/${name}`, `get ${resource}`);
    },
    async list<T extends KubernetesObject>(
      resource: Resource,
    ): Promise<ObjectList<T>> {
      const items = Object.keys(objects)
        .filter(path => path.startsWith(`${resource}/`))
        .flatMap(path => see<T>(path, `list ${resource}`) ?? []);
      return { items, resourceVersion: '1' };
    },
    ...more,
  });
}

async function check(
  cluster: Cluster,
  options: Partial<KubernetesOptions> = {},
) {
  const deps = {
    cluster,
    clock: FakeClock.create(),
    options: { ...OPTIONS, ...options },
    portal: 'ours',
  };
  const checks = await checkCluster(deps, new AbortController().signal);
  return (id: string) => checks.find(one => one.id === id)!;
}

const withMore = (more: Objects) => clusterOf({ ...HEALTHY, ...more });

describe('checkCluster', () => {
  it('finds nothing wrong where nothing is', async () => {
    const now = FakeClock.create().now();
    const version = async () => ({ gitVersion: 'v1.34.4', now });
    const found = await check(clusterOf(HEALTHY, { version }));
    const all = [
      'server',
      'clock',
      'rights',
      'namespace',
      'others',
      'quota',
      'claim',
      'driverAccount',
      'workerAccount',
      'images',
    ];
    expect(all.map(id => [id, found(id).status])).toEqual(
      all.map(id => [id, 'ok']),
    );
    expect(found('server').sentence).toBe(
      'Kubernetes v1.34.4 answers; the namespace is demo.',
    );
    expect(all.filter(id => found(id).repair)).toEqual([]);
  });

  it('looks no further when the API server does not answer', async () => {
    const version = () => Promise.reject(new Error('connect ECONNREFUSED'));
    const cluster = clusterOf(HEALTHY, { version });
    const found = await check(cluster);
    expect(found('server')).toMatchObject({
      status: 'failed',
      sentence: 'The API server does not answer: connect ECONNREFUSED',
    });
    expect(found('rights').status).toBe('skipped');
    const { signal } = new AbortController();
    expect((await checkHealth({ cluster }, signal)).ok).toBe(false);
  });

  it('sees that the clocks differ', async () => {
    const now = FakeClock.create().now() - 42_000;
    const version = async () => ({ gitVersion: 'v1', now });
    const found = await check(clusterOf(HEALTHY, { version }));
    expect(found('clock')).toMatchObject({
      status: 'warning',
      sentence: 'Portal and API server are 41 seconds apart.',
    });
  });

  it('names the rights that are missing', async () => {
    const may: Cluster['may'] = async (verb, resource) =>
      !(verb === 'create' && resource === 'jobs') && resource !== 'pods/log';
    const found = await check(clusterOf(HEALTHY, { may }));
    expect(found('rights')).toMatchObject({
      status: 'failed',
      sentence:
        'The portal may not create jobs, get pods/log in the namespace demo.',
      repair: expect.stringContaining('deploy/backendRole.yaml'),
    });
  });

  it('does not hold against the cluster what it may not see', async () => {
    const found = await check(withMore({ 'namespaces/demo': 'forbidden' }));
    expect(found('namespace')).toMatchObject({
      status: 'skipped',
      sentence: 'The portal may not look at it (get namespaces).',
    });
  });

  it.each<[string, Objects, string, string, RegExp]>([
    [
      'there is no namespace',
      { 'namespaces/demo': undefined },
      'namespace',
      'failed',
      /no namespace demo/,
    ],
    [
      'the Pod Security level is too high',
      {
        'namespaces/demo': {
          metadata: {
            labels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
          },
        },
      },
      'namespace',
      'failed',
      /enforces the Pod Security level restricted/,
    ],
    [
      'the quota holds no run',
      { 'resourcequotas/demo': { spec: { hard: { cpu: '2' } } } },
      'quota',
      'failed',
      /The driver and one worker need 3 CPU; the limit is 2 CPU/,
    ],
    [
      'the quota holds small runs',
      { 'resourcequotas/demo': { spec: { hard: { cpu: '8' } } } },
      'quota',
      'warning',
      /6 of 12 batches at once/,
    ],
    [
      'there is no quota',
      { 'resourcequotas/demo': undefined },
      'quota',
      'warning',
      /no quota/,
    ],
    [
      'another portal has a run',
      {
        'jobs/their': {
          metadata: {
            labels: {
              'pipeline-demo/run-id': 'rtheirs',
              'pipeline-demo/portal': '4f1c',
            },
          },
        },
      },
      'others',
      'warning',
      /run rtheirs of the portal 4f1c is under way/,
    ],
    [
      'there is no claim',
      { 'persistentvolumeclaims/pipeline-demo-work': undefined },
      'claim',
      'failed',
      /no claim pipeline-demo-work/,
    ],
    [
      'the claim is not bound',
      {
        'persistentvolumeclaims/pipeline-demo-work': {
          status: { phase: 'Pending' },
        },
      },
      'claim',
      'warning',
      /has no volume yet/,
    ],
    [
      'the volume is gone',
      {
        'persistentvolumeclaims/pipeline-demo-work': {
          status: { phase: 'Lost' },
        },
      },
      'claim',
      'failed',
      /is gone/,
    ],
    [
      'a service account is missing',
      { 'serviceaccounts/pipeline-demo-worker': undefined },
      'workerAccount',
      'failed',
      /no service account pipeline-demo-worker/,
    ],
    [
      'an image could not be pulled',
      {
        'events/3': {
          reason: 'Failed',
          message: 'Failed to pull image "ubuntu:24.04": not found',
          lastTimestamp: '2026-11-24T13:10:09Z',
        },
      },
      'images',
      'failed',
      /could not get an image: Failed to pull image "ubuntu:24.04"/,
    ],
    [
      'no image was needed lately',
      { 'events/1': undefined, 'events/2': undefined },
      'images',
      'skipped',
      /Not known before the next run/,
    ],
  ])('sees that %s', async (_, objects, id, status, sentence) => {
    const found = (await check(withMore(objects)))(id);
    expect(found.status).toBe(status);
    expect(found.sentence).toMatch(sentence);
    expect(found.repair === undefined).toBe(status === 'skipped');
  });

  it('takes a failure to pull for mended when the image was pulled since', async () => {
    const failed = {
      reason: 'Failed',
      message: 'Failed to pull image "ubuntu:24.04": not found',
      lastTimestamp: '2026-11-24T13:10:00Z',
    };
    const found = await check(withMore({ 'events/0': failed }));
    expect(found('images').status).toBe('ok');
  });

  it('sees that a claim of one node does not suit workers on any', async () => {
    const found = await check(clusterOf(HEALTHY), {
      workerPlacement: 'any-node',
    });
    expect(found('claim')).toMatchObject({
      status: 'warning',
      repair: expect.stringContaining('workersOnDriverNode'),
    });
  });
});
