import type { RunSpec, TaskId } from 'backstage-plugin-pipeline-demo-common';

/** On every object of ours. */
export const APP_LABEL = 'app.kubernetes.io/name';
export const APP = 'pipeline-demo';

/** The run's id: on every object of a run, workers too. */
export const RUN_LABEL = 'pipeline-demo/run-id';

/** Whose run it is: on every object of a run, workers too. */
export const PORTAL_LABEL = 'pipeline-demo/portal';

/** What an object is for. */
export const ROLE_LABEL = 'pipeline-demo/role';
export type Role = 'driver' | 'worker';

/** Nextflow's own label of a worker: `GENERATE_2`, `ANALYZE_2`, `REPORT`. */
export const TASK_LABEL = 'nextflow.io/taskName';

/** The name of a run's ConfigMap, Job and driver container is derived, so that a launch can be repeated. */
export function objectName({ id }: Pick<RunSpec, 'id'>): string {
  return `${APP}-${id}`;
}

/** All objects of a run. */
export function ofRun({ id }: Pick<RunSpec, 'id'>): string {
  return `${APP_LABEL}=${APP},${RUN_LABEL}=${id}`;
}

/** All objects of a portal's run: another one's are not ours to touch. */
export function ofOwnRun(run: Pick<RunSpec, 'id'>, portal: string): string {
  return `${ofRun(run)},${PORTAL_LABEL}=${portal}`;
}

/** All objects of all runs of a portal. */
export function ofOwnRuns(portal: string): string {
  return `${APP_LABEL}=${APP},${RUN_LABEL},${PORTAL_LABEL}=${portal}`;
}

/** The drivers of everybody else, also of those who do not say who they are. */
export function driversOfOthers(portal: string): string {
  return `${APP_LABEL}=${APP},${ROLE_LABEL}=driver,${PORTAL_LABEL}!=${portal}`;
}

/** Nextflow's `GENERATE_2` of our `GENERATE:2`. */
const TASK_NAME = /^(GENERATE|ANALYZE)_([1-9]\d?)$|^REPORT$/;

/**
 * Whose task an object of Nextflow does.
 *
 * @returns undefined for the driver's objects, and for a task that we do not know
 */
export function taskOf(
  labels: Readonly<Record<string, string>> | undefined,
): TaskId | undefined {
  const name = labels?.[TASK_LABEL] ?? '';
  return TASK_NAME.test(name) ? name.replace('_', ':') : undefined;
}
