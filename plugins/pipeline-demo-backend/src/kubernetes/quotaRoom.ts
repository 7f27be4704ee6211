import type { V1LimitRange, V1ResourceQuota } from '@kubernetes/client-node';
import type { Resources } from 'backstage-plugin-pipeline-demo-common';
import type { Room } from './capacity';
import { parseQuantity } from './quantities';

type Amounts = Readonly<Record<string, string>>;

/** Requests and limits of the demo's pods are the same, so each of these counts all of them. */
const NAMES = {
  cpu: ['cpu', 'requests.cpu', 'limits.cpu'],
  memory: ['memory', 'requests.memory', 'limits.memory'],
} as const;

const UNLIMITED: Resources = { cpu: Infinity, memory: Infinity };
const NOTHING: Resources = { cpu: 0, memory: 0 };

/** Quotas with other scopes count pods that the demo has none of. */
const SCOPES_OF_OURS: readonly string[] = ['NotTerminating', 'NotBestEffort'];

/** The rooms that quotas of the namespace make: one for each amount that they limit. */
export function quotaRooms(quotas: readonly V1ResourceQuota[]): Room[] {
  return quotas.filter(isOurs).flatMap(({ spec, status }) => {
    const hard = (status?.hard ?? spec?.hard ?? {}) as Amounts;
    const used = (status?.used ?? {}) as Amounts;
    return (['cpu', 'memory'] as const).flatMap(kind =>
      NAMES[kind].flatMap(name => {
        const limit = parseQuantity(hard[name] ?? '');
        const inUse = parseQuantity(used[name] ?? '') ?? 0;
        return limit === undefined
          ? []
          : [
              {
                limit: { ...UNLIMITED, [kind]: limit },
                used: { ...NOTHING, [kind]: inUse },
              },
            ];
      }),
    );
  });
}

/** The most that the namespace allows for a pod; undefined when it does not say. */
export function largestPod(
  ranges: readonly V1LimitRange[],
): Partial<Resources> | undefined {
  const most: { cpu?: number; memory?: number } = {};
  for (const { max, type } of ranges.flatMap(
    ({ spec }) => spec?.limits ?? [],
  )) {
    for (const kind of ['cpu', 'memory'] as const) {
      const amount = parseQuantity((max as Amounts | undefined)?.[kind] ?? '');
      // Each of the demo's pods has one container that counts.
      if (amount !== undefined && (type === 'Pod' || type === 'Container')) {
        most[kind] = Math.min(amount, most[kind] ?? Infinity);
      }
    }
  }
  return most.cpu === undefined && most.memory === undefined ? undefined : most;
}

function isOurs({ spec }: V1ResourceQuota): boolean {
  return (
    !spec?.scopeSelector &&
    (spec?.scopes ?? []).every(scope => SCOPES_OF_OURS.includes(scope))
  );
}
