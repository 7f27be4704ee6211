import type { KubernetesObject, V1Job } from '@kubernetes/client-node';
import {
  newKubernetesRun,
  OTHER_PORTAL,
  OWN_PORTAL,
  TEST_OPTIONS,
} from '../testing/clusterWorld';
import { isSelected } from '../testing/isSelected';
import { WORKFLOWS_DIR } from '../testing/localWorld';
import { ClusterError } from './Cluster';
import type { Cluster, Resource, Selection } from './Cluster';
import { launchRun } from './launchRun';
import {
  APP,
  APP_LABEL,
  objectName,
  PORTAL_LABEL,
  ROLE_LABEL,
  RUN_LABEL,
} from './objectNames';
import { PodCluster } from './__testUtils__/PodCluster';

const run = newKubernetesRun(2);
const { signal } = new AbortController();

/** A namespace in which objects are created; `onCreate` may refuse one, or add others. */
class Namespace {
  readonly objects: [Resource, KubernetesObject][] = [];
  onCreate = (_: Resource): void => undefined;
  may: Cluster['may'] = async () => true;

  get cluster(): Cluster {
    return Object.assign(new PodCluster(), {
      may: this.may,
      get: async (resource: Resource, name: string) =>
        this.#of(resource).find(({ metadata }) => metadata?.name === name),
      list: async (resource: Resource, { labelSelector = '' }: Selection) => ({
        items: this.#of(resource).filter(object =>
          isSelected(object as never, new URLSearchParams({ labelSelector })),
        ),
        resourceVersion: '1',
      }),
      create: async (resource: Resource, object: KubernetesObject) => {
        this.onCreate(resource);
        const name = object.metadata?.name;
        if (
          this.#of(resource).some(({ metadata }) => metadata?.name === name)
        ) {
          throw refusal(409, 'already exists');
        }
        this.objects.push([resource, object]);
        return object;
      },
    }) as Cluster;
  }

  launch(): Promise<void> {
    return launchRun(
      {
        cluster: this.cluster,
        options: TEST_OPTIONS,
        portal: OWN_PORTAL,
        workflowsDir: WORKFLOWS_DIR,
      },
      run,
      signal,
    );
  }

  #of(resource: Resource): KubernetesObject[] {
    return this.objects
      .filter(([kind]) => kind === resource)
      .map(([, object]) => object);
  }
}

function refusal(status: number, message: string): ClusterError {
  return new ClusterError(status, 'Refused', message, 'create jobs');
}

const labels = {
  [APP_LABEL]: APP,
  [RUN_LABEL]: run.id,
  [ROLE_LABEL]: 'driver',
  [PORTAL_LABEL]: OWN_PORTAL,
};
const ours = (changes: object = {}) => ({
  metadata: { name: objectName(run), labels, ...changes },
});

/** The driver of another portal. */
function theirs(status: V1Job['status'] = {}): V1Job {
  const other = { [RUN_LABEL]: 'rtheirs', [PORTAL_LABEL]: OTHER_PORTAL };
  const metadata = { name: 'theirs', labels: { ...labels, ...other } };
  return { metadata, status };
}

describe('launchRun', () => {
  let there: Namespace;
  beforeEach(() => {
    there = new Namespace();
  });
  const kinds = () => there.objects.map(([kind]) => kind);

  it('makes the ConfigMap, and then the Job that needs it', async () => {
    await there.launch();
    expect(there.objects).toEqual([
      ['configmaps', expect.objectContaining(ours({ namespace: 'demo' }))],
      ['jobs', expect.objectContaining(ours({ namespace: 'demo' }))],
    ]);
  });

  it('goes on where it was cut off, and does nothing when all is there', async () => {
    there.objects.push(['configmaps', ours()]);
    await there.launch();
    await there.launch();
    expect(kinds()).toEqual(['configmaps', 'jobs']);
  });

  it('comes back for what is there, and goes', async () => {
    const deletionTimestamp = new Date(0);
    there.objects.push(['configmaps', ours({ deletionTimestamp })]);
    await expect(there.launch()).rejects.toMatchObject({ name: 'Error' });
    expect(kinds()).toEqual(['configmaps']);
  });

  it.each([
    ['has no labels', {}],
    ['is of another run', { ...labels, [RUN_LABEL]: 'r0' }],
    ['is of another app', { ...labels, [APP_LABEL]: 'nginx' }],
    ['is of another portal', { ...labels, [PORTAL_LABEL]: OTHER_PORTAL }],
  ])('leaves alone what has its name and %s', async (_, found) => {
    there.objects.push(['configmaps', ours({ labels: found })]);
    await expect(there.launch()).rejects.toMatchObject({
      name: 'LaunchRefusedError',
      message: expect.stringContaining('is not of this run'),
    });
    expect(kinds()).toEqual(['configmaps']);
  });

  it('makes nothing where a right is missing', async () => {
    there.may = async (verb, resource) => `${verb} ${resource}` !== 'list pods';
    await expect(there.launch()).rejects.toMatchObject({
      name: 'LaunchRefusedError',
      message: 'The backend may not list pods in the namespace demo.',
      code: 'PermissionMissing',
    });
    expect(kinds()).toEqual([]);
  });

  it.each([
    [
      403,
      'exceeded quota: demo, requested: count/jobs.batch=1',
      'QuotaExceeded',
    ],
    [403, 'jobs is forbidden: User "a" cannot create', 'PermissionMissing'],
    [403, 'admission webhook "a.b" denied the request', 'AdmissionRefused'],
    [422, 'spec.template.spec: Invalid value', undefined],
    [401, 'Unauthorized', undefined],
  ])('is refused for good by %d: %s', async (status, message, code) => {
    there.onCreate = resource => {
      if (resource === 'jobs') {
        throw refusal(status, message);
      }
    };
    await expect(there.launch()).rejects.toMatchObject({
      name: 'LaunchRefusedError',
      message: expect.stringContaining(`(create jobs): ${message}`),
      code,
    });
  });

  it.each([refusal(500, 'etcd'), refusal(429, 'slow'), new Error('cut')])(
    'may be tried again after %s',
    async error => {
      there.onCreate = () => {
        throw error;
      };
      await expect(there.launch()).rejects.toBe(error);
    },
  );

  it("makes nothing while another portal's driver is active", async () => {
    there.objects.push(['jobs', theirs()]);
    await expect(there.launch()).rejects.toMatchObject({
      name: 'LaunchRefusedError',
      message: `Another portal uses the namespace demo now: run rtheirs of the portal ${OTHER_PORTAL} is under way.`,
      code: 'NamespaceInUse',
    });
    expect(kinds()).toEqual(['jobs']);
  });

  it.each(['Complete', 'Failed'])(
    "minds no other portal's driver that is %s",
    async type => {
      const status = { conditions: [{ type, status: 'True' }] };
      there.objects.push(['jobs', theirs(status)]);
      await there.launch();
      expect(kinds()).toEqual(['jobs', 'configmaps', 'jobs']);
    },
  );

  it('yields to another portal that begins at the same instant', async () => {
    there.onCreate = resource => {
      if (resource === 'jobs') {
        there.objects.push(['jobs', theirs()]);
      }
    };
    await expect(there.launch()).rejects.toMatchObject({
      code: 'NamespaceInUse',
    });
  });
});
