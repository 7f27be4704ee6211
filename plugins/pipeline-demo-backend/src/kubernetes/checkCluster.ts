import type { Check } from 'backstage-plugin-pipeline-demo-common';
import type { Clock } from '../ports/Clock';
import type { EngineHealth } from '../ports/Engine';
import { checkClaim } from './checkClaim';
import { checkImages } from './checkImages';
import { checkNamespace } from './checkNamespace';
import { checkOthers } from './checkOthers';
import { checkQuota } from './checkQuota';
import { ClusterError } from './Cluster';
import type { Cluster } from './Cluster';
import type { KubernetesOptions } from './KubernetesOptions';
import { missingRights, namesOf, NEEDED_RIGHTS } from './rights';

/** What the checks work with. */
export interface CheckDeps {
  readonly cluster: Cluster;
  readonly clock: Clock;
  readonly options: KubernetesOptions;
  /** Tells this portal from others. */
  readonly portal: string;
}

/** One check; what it throws is told as its outcome. */
export type LookAt = (deps: CheckDeps, signal: AbortSignal) => Promise<Check>;

/** Times of log lines and Events are the cluster's: more than this shows. */
const CLOCK_OFF_MS = 3_000;
const MS_PER_SECOND = 1000;

const FORBIDDEN = 403;

/** What looks at the cluster, once it answers. */
const CHECKS: readonly (readonly [id: string, title: string, LookAt])[] = [
  ['clock', 'Clock', checkClock],
  ['rights', 'Rights of the portal', checkRights],
  ['namespace', 'Namespace and Pod Security', checkNamespace],
  ['others', 'Other portals', checkOthers],
  ['quota', 'Room for a run', checkQuota],
  ['claim', 'Volume of the work', checkClaim],
  ['driverAccount', 'Service account of the driver', checkAccount('driver')],
  ['workerAccount', 'Service account of the workers', checkAccount('worker')],
  ['images', 'Images', checkImages],
];

/**
 * What runs in the cluster stand on, in the order in which it should be
 * mended. Changes nothing there.
 */
export async function checkCluster(
  deps: CheckDeps,
  signal: AbortSignal,
): Promise<readonly Check[]> {
  const server = await checkServer(deps.cluster, signal);
  const others = CHECKS.map(([id, title, look]) =>
    server.status === 'ok'
      ? look(deps, signal).catch(error => unseen(id, title, error))
      : Promise.resolve(unseen(id, title, 'The API server does not answer.')),
  );
  return [server, ...(await Promise.all(others))];
}

/** `Engine.health`: whether the API server answers. */
export async function checkHealth(
  { cluster }: { readonly cluster: Cluster },
  signal: AbortSignal,
): Promise<EngineHealth> {
  const { status, sentence } = await checkServer(cluster, signal);
  return { ok: status === 'ok', message: sentence };
}

async function checkServer(
  cluster: Cluster,
  signal: AbortSignal,
): Promise<Check> {
  const base = { id: 'server', title: 'API server' };
  try {
    const { gitVersion } = await cluster.version(signal);
    const sentence = `Kubernetes ${gitVersion} answers; the namespace is ${cluster.namespace}.`;
    return { ...base, status: 'ok', sentence };
  } catch (error) {
    return {
      ...base,
      status: 'failed',
      sentence: `The API server does not answer: ${messageOf(error)}`,
      repair:
        'Check kubeconfig, context and the network. Without both settings, the portal uses the service account of its pod, or what kubectl uses.',
    };
  }
}

async function checkClock(
  { cluster, clock }: CheckDeps,
  signal: AbortSignal,
): Promise<Check> {
  const base = { id: 'clock', title: 'Clock' };
  const before = clock.now();
  const { now } = await cluster.version(signal);
  if (now === undefined) {
    const sentence = 'The API server does not tell its time.';
    return { ...base, status: 'skipped', sentence };
  }
  // Its time is told in whole seconds, somewhere between question and answer.
  const off = Math.max(0, before - now - MS_PER_SECOND, now - clock.now());
  return off <= CLOCK_OFF_MS
    ? { ...base, status: 'ok', sentence: 'Portal and API server agree.' }
    : {
        ...base,
        status: 'warning',
        sentence: `Portal and API server are ${Math.round(
          off / MS_PER_SECOND,
        )} seconds apart.`,
        repair:
          'Let both follow a time server (NTP): elapsed times and freshness are wrong by that much.',
      };
}

async function checkRights(
  { cluster }: CheckDeps,
  signal: AbortSignal,
): Promise<Check> {
  const base = { id: 'rights', title: 'Rights of the portal' };
  const missing = await missingRights(cluster, NEEDED_RIGHTS, signal);
  return missing.length === 0
    ? { ...base, status: 'ok', sentence: 'The portal may do all it has to.' }
    : {
        ...base,
        status: 'failed',
        sentence: `The portal may not ${namesOf(missing)} in the namespace ${
          cluster.namespace
        }.`,
        repair:
          'Bind the Role pipeline-demo-backend of deploy/backendRole.yaml to the account that the portal uses: kubectl apply -k deploy/',
      };
}

function checkAccount(kind: 'driver' | 'worker'): LookAt {
  return async ({ cluster, options }, signal) => {
    const name = options[kind].serviceAccount;
    const base = {
      id: `${kind}Account`,
      title: `Service account of the ${kind === 'driver' ? kind : 'workers'}`,
    };
    return (await cluster.get('serviceaccounts', name, signal))
      ? { ...base, status: 'ok', sentence: `${name} is there.` }
      : {
          ...base,
          status: 'failed',
          sentence: `There is no service account ${name}.`,
          repair: `kubectl apply -k deploy/ makes it; or correct pipelineDemo.kubernetes.${kind}.serviceAccount.`,
        };
  };
}

/** What could not be looked at. Not to be allowed to look is no fault. */
function unseen(id: string, title: string, error: unknown): Check {
  const isForbidden =
    error instanceof ClusterError && error.status === FORBIDDEN;
  return {
    id,
    title,
    status: 'skipped',
    sentence: isForbidden
      ? `The portal may not look at it (${error.asked}).`
      : messageOf(error),
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
