import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BackendProcess } from '../faults/BackendProcess.ts';
import type { RunApi, RunView } from '../faults/RunApi.ts';
import { until } from '../faults/until.ts';
import { World } from '../faults/World.ts';
import type { SeenPod } from './PodLogs.ts';
import { PodWatch } from './PodWatch.ts';
import type { TestCluster } from './TestCluster.ts';
import { TestNamespace, type Patch } from './TestNamespace.ts';

/** What may differ from one world to the next. */
export interface ClusterOptions {
  /** Changes to what deploy/ applies. */
  readonly patches?: readonly Patch[];
  /** Keys of `pipelineDemo.kubernetes`, over ours. */
  readonly kubernetes?: {
    readonly driver?: object;
    readonly worker?: object;
    readonly startTimeout?: string;
  };
  /** Stretches the time that tasks take. */
  readonly pace?: string;
}

const ENDED = ['succeeded', 'failed', 'cancelled'];

/** Images, a JVM and many pods on a machine that has other work to do. */
const RUN_PATIENCE_MS = 300_000;

/** A namespace of its own, and backends whose runs are in it. */
export class ClusterWorld {
  readonly cluster: TestCluster;
  readonly namespace: TestNamespace;
  readonly pods: PodWatch;
  /** Folder, database and processes of the backends. */
  readonly backends: World;
  readonly #folder: string;

  private constructor(
    cluster: TestCluster,
    namespace: TestNamespace,
    backends: World,
    folder: string,
  ) {
    this.#folder = folder;
    this.cluster = cluster;
    this.namespace = namespace;
    this.backends = backends;
    this.pods = PodWatch.start(cluster, namespace.name);
  }

  static async create(
    cluster: TestCluster,
    { patches = [], kubernetes, pace = '0.4' }: ClusterOptions,
  ): Promise<ClusterWorld> {
    const namespace = await TestNamespace.create(cluster, patches);
    const folder = mkdtempSync(join(tmpdir(), 'cluster-'));
    const { driver, worker } = cluster.description.images;
    const backends = World.create({
      env: { PIPELINE_DEMO_PACE: pace },
      pipelineDemo: {
        engine: 'kubernetes',
        lease: '5s',
        kubernetes: {
          kubeconfig: await namespace.kubeconfig(folder),
          namespace: namespace.name,
          ...kubernetes,
          driver: { image: driver, ...kubernetes?.driver },
          worker: { image: worker, ...kubernetes?.worker },
        },
      },
    });
    return new ClusterWorld(cluster, namespace, backends, folder);
  }

  /** Starts a run and its backend. */
  startRun(batchCount: number): Promise<{
    readonly backend: BackendProcess;
    readonly api: RunApi;
    readonly runId: string;
  }> {
    return this.backends.startRun(batchCount);
  }

  /** The run once it is over. */
  ended(api: RunApi, runId: string): Promise<RunView> {
    return until(
      `run ${runId} has ended`,
      () => api.run(runId),
      ({ phase }) => ENDED.includes(phase),
      RUN_PATIENCE_MS,
    );
  }

  /** The pod of a task once it runs. */
  async running(task: string): Promise<SeenPod> {
    const pods = await until(
      `${task} runs`,
      () => this.pods.pods.filter(pod => pod.task === task && pod.isRunning),
      ({ length }) => length > 0,
    );
    return pods[0];
  }

  /** Kills the first process of a pod's container, as the kernel would. */
  async killContainer({ name, job, task }: SeenPod): Promise<void> {
    const container = task === 'driver' ? 'driver' : job;
    const id = await this.namespace.kubectl(
      ...['get', 'pod', name, '--output'],
      `jsonpath={.status.containerStatuses[?(@.name=="${container}")].containerID}`,
    );
    await this.cluster.node(
      ...['in-node', 'ctr', '--namespace', 'k8s.io', 'tasks', 'kill'],
      ...['--signal', 'SIGKILL', id.replace('containerd://', '')],
    );
  }

  /** What could not be read of a run's output, from the stored events. */
  gaps(runId: string): readonly string[] {
    return this.#events<{ task: string }>(runId, 'Gap').map(({ task }) => task);
  }

  /** Why the driver has waited, from the stored events. */
  driverWaits(runId: string): readonly (string | undefined)[] {
    type Moved = { driver: { reason?: { code: string } } };
    return this.#events<Moved>(runId, 'DriverMoved').map(
      ({ driver }) => driver.reason?.code,
    );
  }

  #events<T>(runId: string, type: string): readonly T[] {
    return this.backends
      .rows('select body from run_events where run_id = ?', runId)
      .map(({ body }) => JSON.parse(String(body)) as T & { type: string })
      .filter(event => event.type === type);
  }

  /** Ends the backends; the namespace stays for the look a minute later. */
  async close(): Promise<void> {
    await this.backends.close();
    this.pods.close();
    rmSync(this.#folder, { recursive: true });
    this.namespace.leave();
  }
}
