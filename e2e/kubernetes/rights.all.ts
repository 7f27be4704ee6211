import { expect } from '@playwright/test';
import type { RunApi } from '../faults/RunApi.ts';
import { until } from '../faults/until.ts';
import type { ClusterWorld } from './ClusterWorld.ts';
import { expectNextRun, expectNothingLeft } from './expectWhole.ts';
import { test } from './fixtures.ts';

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** What the backend can do without: it knows less then, or checks less. */
const OPTIONAL = [
  'resourcequotas',
  'limitranges',
  'namespaces',
  'persistentvolumeclaims',
  'serviceaccounts',
];

test.use({ options: { pace: '0' } });

test('the backend without each of its rights', async ({ world }) => {
  const role = 'pipeline-demo-backend';
  const rules = await rulesOf(world, role);
  const api = world.backends.api(await (await world.backends.start()).ready());
  for (const { resource, verb, without } of withoutEach(rules)) {
    await test.step(`${verb} ${resource}`, async () => {
      await giveRules(world, role, without);
      const { run } = await api.start(1);
      const { outcome } = await until(
        'its outcome is known',
        () => api.run(run.id),
        view => view.outcome !== undefined,
      );
      if (OPTIONAL.includes(resource)) {
        expect(outcome).toEqual({ type: 'succeeded' });
      } else {
        expect(outcome).toMatchObject({ reason: 'launch-refused' });
        expect(outcome?.message).toContain(`${verb} ${resource}`);
      }
      // Also where it may not look whether something is left.
      await world.ended(api, run.id);
      await giveRules(world, role, rules);
      await expectNothingLeft(world);
    });
  }
  await expectNextRun(world, api);
});

test.describe('with a quota for one worker less', () => {
  test.use({
    options: {
      pace: '0',
      patches: [
        {
          target: { kind: 'ResourceQuota' },
          patch: JSON.stringify([
            { op: 'add', path: '/spec/hard/pods', value: '2' },
          ]),
        },
      ],
    },
  });

  test('the driver without each of its rights', async ({ world }) => {
    const rules = await rulesOf(world, 'pipeline-demo-driver');
    const api = world.backends.api(
      await (await world.backends.start()).ready(),
    );
    for (const { resource, verb, without } of withoutEach(rules)) {
      await test.step(`${verb} ${resource}`, async () => {
        await giveRules(world, 'pipeline-demo-driver', without);
        const run = await ended(world, api);
        expect(run.phase).toBe('failed');
        expect(run.outcome?.message).toContain(`${verb} ${resource}`);
        await expectNothingLeft(world);
      });
    }
    await giveRules(world, 'pipeline-demo-driver', rules);
    await expectNextRun(world, api);
  });
});

async function ended(world: ClusterWorld, api: RunApi) {
  const { run } = await api.start(2);
  return world.ended(api, run.id);
}

async function rulesOf(
  { namespace }: ClusterWorld,
  role: string,
): Promise<readonly Rule[]> {
  const text = await namespace.kubectl(
    ...['get', 'role', role, '--output', 'jsonpath={.rules}'],
  );
  return JSON.parse(text) as readonly Rule[];
}

async function giveRules(
  { namespace }: ClusterWorld,
  role: string,
  rules: readonly Rule[],
): Promise<void> {
  const patch = [{ op: 'replace', path: '/rules', value: rules }];
  await namespace.kubectl(
    ...['patch', 'role', role, '--type', 'json'],
    ...['--patch', JSON.stringify(patch)],
  );
}

/** Each verb on each resource, and the rules without that one. */
function withoutEach(rules: readonly Rule[]) {
  const single = rules.flatMap(({ apiGroups, resources, verbs }) =>
    resources.flatMap(resource =>
      verbs.map(verb => ({
        apiGroups,
        resources: [resource],
        verbs: [verb],
      })),
    ),
  );
  return single.map(rule => ({
    resource: rule.resources[0],
    verb: rule.verbs[0],
    without: single.filter(other => other !== rule),
  }));
}
