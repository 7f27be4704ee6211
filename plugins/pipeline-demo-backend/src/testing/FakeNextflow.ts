import type { V1ConfigMap, V1Job, V1Pod } from '@kubernetes/client-node';
import { plan, REPORT_MARK } from 'backstage-plugin-pipeline-demo-common';
import type { Task, TaskId } from 'backstage-plugin-pipeline-demo-common';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  APP_LABEL,
  objectName,
  PORTAL_LABEL,
  ROLE_LABEL,
  RUN_LABEL,
  TASK_LABEL,
  taskOf,
} from '../kubernetes/objectNames';
import type { FakeContainerLog } from './FakeContainerLog';
import type { FakeExit, FakeProgram } from './FakeNode';
import type { FakeObjects } from './FakeObjects';
import { fakeReport } from './fakeReport';

/** How a run goes in a fake cluster. */
export interface FakeWorkflow {
  readonly linesPerTask: number;
  /** Between two lines of a task. */
  readonly stepMs: number;
  /** How tasks end that do not succeed. */
  readonly exits: ReadonlyMap<TaskId, FakeExit>;
  /** What the init step ends with. */
  readonly prepare: FakeExit;
}

interface Parameters {
  readonly batches: number;
  readonly run_id: string;
  readonly portal: string;
  readonly app: string;
}

/** What a driver's pod runs: first `prepare`, then Nextflow, which makes a Job for each task. */
export function driverProgram(
  objects: FakeObjects,
  workflow: FakeWorkflow,
  container: string,
): FakeProgram {
  return async (pod, log, signal) => {
    if (container === 'prepare') {
      log.write('The workflow is made ready.');
      return workflow.prepare;
    }
    log.write('N E X T F L O W  ~  version fake');
    const parameters = parametersOf(objects, pod);
    const { tasks } = plan(parameters.batches);
    for (const process of ['GENERATE', 'ANALYZE', 'REPORT'] as const) {
      const wave = tasks.filter(task => task.process === process);
      const failed = await runWave(objects, parameters, wave, { log, signal });
      if (failed) {
        const message = `Process '${failed}' terminated with an error`;
        const left = { v: 1, kind: 'error', message };
        return { exitCode: 1, message: JSON.stringify(left) };
      }
    }
    const report = fakeReport(parameters.batches);
    const left = { v: 1, kind: 'report', report };
    return { exitCode: 0, message: JSON.stringify(left) };
  };
}

/** What a worker's pod runs. */
export function workerProgram(workflow: FakeWorkflow): FakeProgram {
  return async (pod, log, signal) => {
    const task = taskOf(pod.metadata?.labels) ?? '';
    for (let line = 1; line <= workflow.linesPerTask; line += 1) {
      log.write(`${task} says ${line}`);
      await sleep(workflow.stepMs, undefined, { signal });
    }
    if (task === 'REPORT') {
      log.write(`${REPORT_MARK}${JSON.stringify(fakeReport(1))}`);
    }
    return workflow.exits.get(task) ?? { exitCode: 0 };
  };
}

function parametersOf(objects: FakeObjects, pod: V1Pod): Parameters {
  const id = pod.metadata?.labels?.[RUN_LABEL] ?? '';
  const name = objectName({ id });
  const configMap = objects.get<V1ConfigMap>('configmaps', name);
  return JSON.parse(configMap?.data?.['params.json'] ?? '{}') as Parameters;
}

/** @returns the task that has failed, if one has */
async function runWave(
  objects: FakeObjects,
  parameters: Parameters,
  wave: readonly Task[],
  driver: { readonly log: FakeContainerLog; readonly signal: AbortSignal },
): Promise<TaskId | undefined> {
  const open = new Map<string, TaskId>();
  for (const task of wave) {
    driver.signal.throwIfAborted();
    const job = workerJob(parameters, task);
    objects.create('jobs', job);
    open.set(job.metadata!.name!, task.id);
    driver.log.write(`Submitted process > ${task.id}`);
  }
  while (open.size > 0) {
    driver.signal.throwIfAborted();
    await changed(objects, driver.signal);
    for (const [name, task] of open) {
      const status = objects.get<V1Job>('jobs', name)?.status;
      if (status?.failed) {
        return task;
      }
      if (status?.succeeded) {
        open.delete(name);
      }
    }
  }
  return undefined;
}

function workerJob(
  { run_id: runId, portal, app }: Parameters,
  { process, batch }: Task,
): V1Job {
  const name = `nf-${randomBytes(16).toString('hex')}`;
  const labels = {
    [APP_LABEL]: app,
    [RUN_LABEL]: runId,
    [PORTAL_LABEL]: portal,
    [ROLE_LABEL]: 'worker',
    [TASK_LABEL]: batch === undefined ? process : `${process}_${batch}`,
  };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, labels },
    spec: {
      backoffLimit: 0,
      template: {
        metadata: { labels },
        spec: { restartPolicy: 'Never', containers: [{ name }] },
      },
    },
  };
}

function changed(objects: FakeObjects, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = objects.onChange(() => {
      end();
      resolve();
    });
    signal.addEventListener('abort', () => reject(signal.reason), {
      once: true,
    });
  });
}
