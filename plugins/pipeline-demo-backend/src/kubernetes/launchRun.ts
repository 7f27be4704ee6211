import type { KubernetesObject } from '@kubernetes/client-node';
import type { RunSpec } from 'backstage-plugin-pipeline-demo-common';
import { LaunchRefusedError } from '../ports/Engine';
import { ClusterError } from './Cluster';
import type { Cluster, Resource } from './Cluster';
import type { KubernetesOptions } from './KubernetesOptions';
import { manifestsOf } from './manifests';
import {
  APP,
  APP_LABEL,
  objectName,
  PORTAL_LABEL,
  RUN_LABEL,
} from './objectNames';
import { refusalReason } from './refusalReason';
import { missingRights, namesOf, NEEDED_RIGHTS } from './rights';
import { nameOfRun, runsOfOthers } from './runsOfOthers';
import { readWorkflow } from './workflowFiles';

/** Refusals that trying again does not mend, by their HTTP status. */
const HOPELESS: Readonly<Record<number, string>> = {
  400: 'does not understand it',
  401: 'does not accept our credentials',
  403: 'forbids it',
  404: 'knows no such namespace or kind',
  413: 'finds it too large',
  422: 'finds it invalid',
};

const CONFLICT = 409;

/** What `launchRun` works with. */
export interface LaunchDeps {
  readonly cluster: Cluster;
  readonly options: KubernetesOptions;
  /** Tells this portal from others in the namespace. */
  readonly portal: string;
  /** The folder with demo.nf, nextflow.config and bin/. */
  readonly workflowsDir: string;
}

/**
 * Makes the driver's Job, after the ConfigMap that it needs: `Engine.launch`.
 * Names derive from the run's id, so any number of launches makes one Job.
 * Before anything is made, the rights for all that comes are asked for, and
 * whether another portal has a run here; after it, once more: of two that
 * launch at the same instant, at least one sees the other and is refused.
 */
export async function launchRun(
  deps: LaunchDeps,
  run: RunSpec,
  signal: AbortSignal,
): Promise<void> {
  const { cluster, options, portal, workflowsDir } = deps;
  const missing = await missingRights(cluster, NEEDED_RIGHTS, signal);
  if (missing.length > 0) {
    throw new LaunchRefusedError(
      `The backend may not ${namesOf(missing)} in the namespace ${
        cluster.namespace
      }.`,
      'PermissionMissing',
    );
  }
  await requireAlone(deps, signal);
  const workflow = await readWorkflow(workflowsDir);
  const place = { namespace: cluster.namespace, portal };
  const { configMap, job } = manifestsOf(run, workflow, place, options);
  await createOnce(deps, run, 'configmaps', configMap, signal);
  await createOnce(deps, run, 'jobs', job, signal);
  await requireAlone(deps, signal);
}

/** The quota of the namespace is for one run. */
async function requireAlone(
  { cluster, portal }: LaunchDeps,
  signal: AbortSignal,
): Promise<void> {
  const [other] = await runsOfOthers(cluster, portal, signal);
  if (other) {
    throw new LaunchRefusedError(
      `Another portal uses the namespace ${cluster.namespace} now: ${nameOfRun(
        other,
      )} is under way.`,
      'NamespaceInUse',
    );
  }
}

/** What is there already with the run's label is ours. */
async function createOnce(
  deps: LaunchDeps,
  run: RunSpec,
  resource: Resource,
  object: KubernetesObject,
  signal: AbortSignal,
): Promise<void> {
  try {
    await deps.cluster.create(resource, object, signal);
  } catch (error) {
    if (!(error instanceof ClusterError)) {
      throw error;
    }
    if (error.status === CONFLICT) {
      await requireOurs(deps, run, resource, signal);
    } else {
      throw refusalOf(error);
    }
  }
}

async function requireOurs(
  { cluster, portal }: LaunchDeps,
  run: RunSpec,
  resource: Resource,
  signal: AbortSignal,
): Promise<void> {
  const name = objectName(run);
  const found = await cluster.get(resource, name, signal);
  const { labels, deletionTimestamp } = found?.metadata ?? {};
  if (!found || deletionTimestamp) {
    throw new Error(`${resource} ${name} was there, and goes`);
  }
  const isOurs =
    labels?.[APP_LABEL] === APP &&
    labels[RUN_LABEL] === run.id &&
    labels[PORTAL_LABEL] === portal;
  if (!isOurs) {
    throw new LaunchRefusedError(
      `${resource} ${name} is there already in the namespace ${cluster.namespace}, and is not of this run.`,
    );
  }
}

function refusalOf(error: ClusterError): Error {
  const why = HOPELESS[error.status];
  if (why === undefined) {
    return error;
  }
  const { code } = refusalReason(error.message);
  return new LaunchRefusedError(
    `The cluster ${why} (${error.asked}): ${error.message}`,
    // The word for a pod whose refusal nobody knows: it says nothing here.
    code === 'FailedCreate' ? undefined : code,
  );
}
