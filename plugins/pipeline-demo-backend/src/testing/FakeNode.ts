import type {
  V1ContainerState,
  V1ContainerStatus,
  V1Job,
  V1Pod,
} from '@kubernetes/client-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { FakeContainerLog } from './FakeContainerLog';
import { finishFakeJob } from './finishFakeJob';
import { secondsNow } from './FakeObjects';
import type { FakeObjects } from './FakeObjects';

/** How a container has ended. */
export interface FakeExit {
  readonly exitCode: number;
  readonly reason?: string;
  readonly message?: string;
}

/** What runs in a container. Rejects when the signal is aborted. */
export type FakeProgram = (
  pod: V1Pod,
  log: FakeContainerLog,
  signal: AbortSignal,
) => Promise<FakeExit>;

/** What the node is asked to do. */
export interface FakeNodeOptions {
  readonly objects: FakeObjects;
  readonly program: (pod: V1Pod, container: string) => FakeProgram;
  /** Between two steps of a pod, in milliseconds. */
  readonly stepMs: number;
}

interface Running {
  readonly end: AbortController;
  exit?: FakeExit;
}

const ENDED = ['Succeeded', 'Failed'];

/** A real one takes about a second from the end of a container to the pod's. */
const GOES_AFTER_MS = 500;

const SIGTERM_EXIT: FakeExit = { exitCode: 143, reason: 'Error' };

/** A node with its kubelet, and the controller that makes pods for Jobs. */
export class FakeNode {
  readonly #options: FakeNodeOptions;
  /** By pod and container. */
  readonly logs = new Map<string, FakeContainerLog>();
  readonly #running = new Map<string, Running>();
  readonly #closed = new AbortController();
  /** Pods that may be there at once: a quota. */
  podLimit = Infinity;
  /** Why no pod can be scheduled, if so. */
  unschedulable?: string;

  static start(options: FakeNodeOptions): FakeNode {
    return new FakeNode(options);
  }

  private constructor(options: FakeNodeOptions) {
    this.#options = options;
  }

  close(): void {
    this.#closed.abort();
    this.#running.forEach(({ end }) => end.abort());
  }

  /** Makes the Job's pod, runs it, and writes into the Job what came of it. Never rejects. */
  async runJob(name: string): Promise<void> {
    const pod = await this.#makePod(name);
    if (pod) {
      await this.#runPod(pod);
    }
  }

  /** Ends a container, as the kernel does or as whoever kills it. */
  kill(podName: string, exit: FakeExit): void {
    const running = this.#running.get(podName);
    if (running) {
      running.exit = exit;
      running.end.abort();
    }
  }

  /** Tells a pod to end; it goes once it has. */
  deletePod(name: string, graceSeconds: number): void {
    this.#options.objects.change<V1Pod>('pods', name, ({ metadata }) => {
      metadata!.deletionTimestamp ??= secondsNow() as unknown as Date;
      metadata!.deletionGracePeriodSeconds = graceSeconds;
    });
    if (this.#running.has(name)) {
      this.kill(name, SIGTERM_EXIT);
    } else {
      this.#options.objects.remove('pods', name);
    }
  }

  /** The Job has failed for a reason of its own, and its pods end. */
  failJob(name: string, reason: string, message: string): void {
    finishFakeJob(
      this.#options.objects,
      name,
      'FailureTarget',
      reason,
      message,
    );
    finishFakeJob(this.#options.objects, name, 'Failed', reason, message);
    this.#podsOf(name).forEach(pod => this.deletePod(pod, 30));
  }

  async #makePod(jobName: string): Promise<V1Pod | undefined> {
    const { objects } = this.#options;
    for (let refused = false; !this.#closed.signal.aborted; ) {
      const job = objects.get<V1Job>('jobs', jobName);
      if (!job) {
        return undefined;
      }
      const active = objects
        .list<V1Pod>('pods')
        .filter(({ status }) => !ENDED.includes(status?.phase ?? ''));
      if (active.length < this.podLimit) {
        return this.#createPod(job);
      }
      if (!refused) {
        refused = true;
        this.#event(job, 'FailedCreate', quotaMessage(jobName));
      }
      await sleep(this.#options.stepMs);
    }
    return undefined;
  }

  #createPod(job: V1Job): V1Pod {
    const { name, uid, namespace } = job.metadata!;
    const { metadata, spec } = job.spec!.template;
    return this.#options.objects.create('pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        generateName: `${name}-`,
        namespace,
        labels: { ...metadata?.labels, 'job-name': name! },
        ownerReferences: [
          { apiVersion: 'batch/v1', kind: 'Job', name: name!, uid: uid! },
        ],
      },
      spec,
      status: { phase: 'Pending' },
    } as V1Pod) as V1Pod;
  }

  async #runPod(pod: V1Pod): Promise<void> {
    const name = pod.metadata!.name!;
    await this.#schedule(name);
    const containers = [
      ...(pod.spec?.initContainers ?? []).map(each => ({ each, isInit: true })),
      ...pod.spec!.containers.map(each => ({ each, isInit: false })),
    ];
    let exit: FakeExit = { exitCode: 0 };
    for (const { each, isInit } of containers) {
      exit = await this.#runContainer(pod, each.name, isInit);
      if (exit.exitCode !== 0) {
        break;
      }
    }
    await this.#end(pod, exit);
  }

  async #schedule(name: string): Promise<void> {
    const { objects, stepMs } = this.#options;
    const condition = (status: string, message?: string) => ({
      type: 'PodScheduled',
      status,
      reason: message && 'Unschedulable',
      message,
      lastTransitionTime: secondsNow() as unknown as Date,
    });
    while (this.unschedulable && objects.get('pods', name)) {
      const message = this.unschedulable;
      objects.change<V1Pod>('pods', name, ({ status }) => {
        status!.conditions = [condition('False', message)];
      });
      await sleep(stepMs);
    }
    objects.change<V1Pod>('pods', name, ({ spec, status }) => {
      spec!.nodeName = 'fake-node';
      status!.conditions = [condition('True')];
    });
    await sleep(stepMs);
  }

  async #runContainer(
    pod: V1Pod,
    container: string,
    isInit: boolean,
  ): Promise<FakeExit> {
    const { program, stepMs } = this.#options;
    const name = pod.metadata!.name!;
    const tell = (state: V1ContainerState) =>
      this.#tellState(name, container, isInit, state);
    tell({ waiting: { reason: 'ContainerCreating' } });
    const end = new AbortController();
    const running: Running = { end };
    this.#running.set(name, running);
    const log = new FakeContainerLog();
    await sleep(stepMs);
    if (!this.#options.objects.get('pods', name)) {
      return SIGTERM_EXIT;
    }
    const startedAt = secondsNow() as unknown as Date;
    this.logs.set(`${name}/${container}`, log);
    tell({ running: { startedAt } });
    const exit = await program(pod, container)(pod, log, end.signal).catch(
      (): FakeExit => running.exit ?? SIGTERM_EXIT,
    );
    this.#running.delete(name);
    log.end();
    const { exitCode, reason, message } = running.exit ?? exit;
    tell({
      terminated: {
        exitCode,
        reason: reason ?? (exitCode === 0 ? 'Completed' : 'Error'),
        message,
        startedAt,
        finishedAt: secondsNow() as unknown as Date,
      },
    });
    return running.exit ?? exit;
  }

  #tellState(
    pod: string,
    container: string,
    isInit: boolean,
    state: V1ContainerState,
  ): void {
    this.#options.objects.change<V1Pod>('pods', pod, ({ status }) => {
      const known = isInit
        ? (status!.initContainerStatuses ??= [])
        : (status!.containerStatuses ??= []);
      const others = known.filter(each => each.name !== container);
      known.splice(0, known.length, ...others, {
        name: container,
        state,
      } as V1ContainerStatus);
      if (state.running && !isInit) {
        status!.phase = 'Running';
      }
    });
  }

  async #end(pod: V1Pod, { exitCode }: FakeExit): Promise<void> {
    const { objects } = this.#options;
    const { name, ownerReferences } = pod.metadata!;
    const job = ownerReferences![0].name;
    objects.change<V1Pod>('pods', name!, ({ status }) => {
      status!.phase = exitCode === 0 ? 'Succeeded' : 'Failed';
    });
    finishFakeJob(
      objects,
      job,
      exitCode === 0 ? 'Complete' : 'Failed',
      exitCode === 0 ? 'CompletionsReached' : 'BackoffLimitExceeded',
      `The pod of ${job} has ended.`,
    );
    if (objects.get<V1Pod>('pods', name!)?.metadata?.deletionTimestamp) {
      await sleep(GOES_AFTER_MS);
      objects.remove('pods', name!);
    }
  }

  #podsOf(job: string): readonly string[] {
    return this.#options.objects
      .list<V1Pod>('pods')
      .filter(({ metadata }) => metadata!.labels?.['job-name'] === job)
      .map(({ metadata }) => metadata!.name!);
  }

  #event(job: V1Job, reason: string, message: string): void {
    const { name, namespace, uid } = job.metadata!;
    this.#options.objects.create('events', {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { generateName: `${name}.`, namespace },
      involvedObject: { kind: 'Job', name, namespace, uid },
      reason,
      message,
      type: 'Warning',
      lastTimestamp: secondsNow(),
    } as object);
  }
}

function quotaMessage(name: string): string {
  return `Error creating: pods "${name}-x" is forbidden: exceeded quota: pipeline-demo, requested: requests.cpu=1, used: requests.cpu=14, limited: requests.cpu=14`;
}
