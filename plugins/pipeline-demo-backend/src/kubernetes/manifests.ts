import type { V1ConfigMap, V1Job } from '@kubernetes/client-node';
import type { RunSpec } from 'backstage-plugin-pipeline-demo-common';
import { driverPod } from './driverPod';
import type { KubernetesOptions } from './KubernetesOptions';
import {
  APP,
  APP_LABEL,
  objectName,
  PORTAL_LABEL,
  ROLE_LABEL,
  RUN_LABEL,
} from './objectNames';
import type { RunPlace } from './RunPlace';
import { runParameters } from './runParameters';

const PARAMETERS = 'params.json';

/** The two objects that a launch makes; workers are made by Nextflow. */
export interface Manifests {
  readonly configMap: V1ConfigMap;
  readonly job: V1Job;
}

/**
 * The objects of a run, with names and contents that derive from its spec.
 *
 * @param workflow - text by path: see `readWorkflow`
 */
export function manifestsOf(
  run: RunSpec,
  workflow: ReadonlyMap<string, string>,
  place: RunPlace,
  options: KubernetesOptions,
): Manifests {
  const parameters = runParameters(run, place, options);
  const files = [
    ...workflow,
    [PARAMETERS, JSON.stringify(parameters)] as const,
  ];
  const metadata = {
    name: objectName(run),
    namespace: place.namespace,
    labels: {
      [APP_LABEL]: APP,
      [RUN_LABEL]: run.id,
      [PORTAL_LABEL]: place.portal,
      [ROLE_LABEL]: 'driver',
    },
  };
  const items = files.map(([path]) => ({ key: keyOf(path), path }));
  return {
    configMap: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
      data: Object.fromEntries(
        files.map(([path, text]) => [keyOf(path), text]),
      ),
    },
    job: {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata,
      spec: {
        // Another driver would start the run anew, behind our back.
        backoffLimit: 0,
        activeDeadlineSeconds: seconds(options.deadlineMs),
        ttlSecondsAfterFinished: seconds(options.keepFinishedMs),
        template: {
          metadata: { labels: metadata.labels },
          spec: driverPod(run, place, items, options),
        },
      },
    },
  };
}

/** The keys of a ConfigMap have no slashes. */
function keyOf(path: string): string {
  return path.replaceAll('/', '.');
}

function seconds(ms: number): number {
  return Math.ceil(ms / 1000);
}
