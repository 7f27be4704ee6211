import {
  BATCH_COUNT,
  forecast,
  NOMINAL_DURATIONS,
} from 'backstage-plugin-pipeline-demo-common';
import type { Check } from 'backstage-plugin-pipeline-demo-common';
import { readCapacity } from './capacity';
import type { CheckDeps } from './checkCluster';
import { formatCpu, formatMemory } from './quantities';

const BASE = { id: 'quota', title: 'Room for a run' };

/** Whether the smallest run, the usual one and the largest one have room now. */
export async function checkQuota(
  { cluster, clock, options }: CheckDeps,
  signal: AbortSignal,
): Promise<Check> {
  const { driver, worker, workerPlacement } = options;
  const deps = { cluster, clock, workerPlacement };
  const capacity = await readCapacity(deps, signal);
  const of = (batchCount: number) =>
    forecast({
      engine: 'kubernetes',
      batchCount,
      footprint: { driver, worker },
      capacity,
      durations: NOMINAL_DURATIONS.kubernetes,
    });
  const needed = {
    cpu: driver.cpu + BATCH_COUNT.max * worker.cpu,
    memory: driver.memory + BATCH_COUNT.max * worker.memory,
  };
  const repair = `For the largest run at once the quota must allow ${formatCpu(
    needed.cpu,
  )} CPU and ${formatMemory(
    needed.memory,
  )} of memory, as requests and as limits: see deploy/quota.yaml.`;
  const least = of(BATCH_COUNT.min);
  if (least.verdict === 'cannot-fit') {
    return { ...BASE, status: 'failed', sentence: least.reason, repair };
  }
  const [usual, most] = [of(BATCH_COUNT.default), of(BATCH_COUNT.max)];
  if (most.verdict !== 'fits') {
    const tight = usual.verdict === 'fits' ? most : usual;
    return { ...BASE, status: 'warning', sentence: tight.reason, repair };
  }
  return capacity.basis === 'quota'
    ? { ...BASE, status: 'ok', sentence: most.reason }
    : {
        ...BASE,
        status: 'warning',
        sentence: `The namespace has no quota that the portal can see: nothing keeps a run from taking all there is.`,
        repair: 'kubectl apply -k deploy/ makes one (deploy/quota.yaml).',
      };
}
