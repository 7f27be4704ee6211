import { ConfigReader } from '@backstage/config';
import { loadAllYaml } from '@kubernetes/client-node';
import type {
  V1NetworkPolicy,
  V1PersistentVolumeClaim,
  V1ResourceQuota,
  V1Role,
  V1RoleBinding,
} from '@kubernetes/client-node';
import { DEFAULT_FOOTPRINT } from 'backstage-plugin-pipeline-demo-common';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { APP, APP_LABEL, ROLE_LABEL } from './kubernetes/objectNames';
import { parseQuantity } from './kubernetes/quantities';
import { NEEDED_RIGHTS } from './kubernetes/rights';
import { readSettings } from './settings';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

const DEPLOY = resolve(__dirname, '../../../deploy');

const manifests = readdirSync(DEPLOY)
  .filter(file => file.endsWith('.yaml') && file !== 'kustomization.yaml')
  .flatMap(
    file => loadAllYaml(readFileSync(join(DEPLOY, file), 'utf8')) as Manifest[],
  );

/** Batches of the largest run. */
const MAX_BATCHES = 12;

/** What else the backend asks for, and can do without. */
const EXTRAS = [
  'get namespaces',
  'get persistentvolumeclaims',
  'get serviceaccounts',
  'list limitranges',
  'list resourcequotas',
];

function find<T>(kind: string, name: string): T {
  const found = manifests.filter(
    manifest => manifest.kind === kind && manifest.metadata.name === name,
  );
  expect(found).toHaveLength(1);
  return found[0] as unknown as T;
}

/** "list pods", in the order of the alphabet. */
function rightsOf(role: string): readonly string[] {
  return (find<V1Role>('Role', role).rules ?? [])
    .flatMap(({ verbs, resources = [] }) =>
      resources.flatMap(resource => verbs.map(verb => `${verb} ${resource}`)),
    )
    .sort();
}

describe('deploy/', () => {
  const { engine } = readSettings(
    new ConfigReader({ pipelineDemo: { engine: 'kubernetes' } }),
    '/',
  );
  if (engine.type !== 'kubernetes') {
    throw new Error(`The engine is ${engine.type}`);
  }
  const { namespace, options } = engine;

  it('has everything that is named in the defaults of the configuration', () => {
    const named = manifests.map(
      ({ kind, metadata }) => `${kind} ${metadata.name}`,
    );
    expect(named).toEqual(
      expect.arrayContaining([
        `Namespace ${namespace}`,
        `ServiceAccount ${options.driver.serviceAccount}`,
        `ServiceAccount ${options.worker.serviceAccount}`,
        `PersistentVolumeClaim ${options.claim}`,
      ]),
    );
  });

  it('keeps the workers on one node if the claim can be on one only', () => {
    const { spec } = find<V1PersistentVolumeClaim>(
      'PersistentVolumeClaim',
      options.claim,
    );
    expect(spec?.accessModes).toEqual(['ReadWriteOnce']);
    expect(options.workerPlacement).toBe('driver-node');
  });

  it('gives the backend what it needs, and no more', () => {
    expect(rightsOf('pipeline-demo-backend')).toEqual(
      [
        ...NEEDED_RIGHTS.map(({ verb, resource }) => `${verb} ${resource}`),
        ...EXTRAS,
      ].sort(),
    );
  });

  it('gives the driver what Nextflow needs, and workers nothing', () => {
    expect(rightsOf('pipeline-demo-driver')).toEqual([
      'create jobs',
      'get jobs/status',
      'get pods/status',
      'list pods',
    ]);
    const bound = manifests
      .filter(({ kind }) => kind === 'RoleBinding')
      .flatMap(binding => (binding as unknown as V1RoleBinding).subjects ?? [])
      .map(({ name }) => name);
    expect(bound.sort()).toEqual([
      'pipeline-demo-backend',
      options.driver.serviceAccount,
    ]);
  });

  it('has room for the largest run, and not for one worker more', () => {
    const { spec } = find<V1ResourceQuota>('ResourceQuota', 'pipeline-demo');
    const { driver, worker } = DEFAULT_FOOTPRINT;
    for (const kind of ['requests', 'limits']) {
      const cpu = parseQuantity(spec?.hard?.[`${kind}.cpu`] ?? '') ?? 0;
      const memory = parseQuantity(spec?.hard?.[`${kind}.memory`] ?? '') ?? 0;
      expect(cpu).toBe(driver.cpu + MAX_BATCHES * worker.cpu);
      expect(memory).toBeGreaterThan(
        driver.memory + MAX_BATCHES * worker.memory,
      );
    }
  });

  it.each(['driver', 'worker'])('shuts off the pods of a %s', role => {
    const { spec } = find<V1NetworkPolicy>(
      'NetworkPolicy',
      `pipeline-demo-${role}s`,
    );
    expect(spec?.podSelector?.matchLabels).toEqual({
      [APP_LABEL]: APP,
      [ROLE_LABEL]: role,
    });
    expect(spec?.policyTypes).toEqual(['Ingress', 'Egress']);
    expect(spec?.ingress).toBeUndefined();
  });
});
