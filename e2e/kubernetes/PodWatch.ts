import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { FollowedLogs } from './FollowedLogs.ts';
import { KeptLogs } from './KeptLogs.ts';
import type { PodLogs, SeenPod } from './PodLogs.ts';
import type { TestCluster } from './TestCluster.ts';

const COLUMNS = [
  'UID:.metadata.uid',
  'NAME:.metadata.name',
  String.raw`JOB:.metadata.labels.batch\.kubernetes\.io/job-name`,
  'CREATED:.metadata.creationTimestamp',
  String.raw`TASK:.metadata.labels.nextflow\.io/taskName`,
  'RUNNING:.status.containerStatuses[0].state.running.startedAt',
].join(',');

const NONE = '<none>';
const AGAIN_MS = 200;

/** Looks at the pods of a namespace with kubectl, and keeps their logs. */
export class PodWatch {
  readonly #cluster: TestCluster;
  readonly #namespace: string;
  readonly #logs: PodLogs;
  readonly #pods = new Map<string, SeenPod>();
  readonly #peaks = new Map<string, number>();
  #kubectl: ChildProcess | undefined;
  #closed = false;

  private constructor(cluster: TestCluster, namespace: string) {
    this.#cluster = cluster;
    this.#namespace = namespace;
    const { podLogs } = cluster.description;
    this.#logs = podLogs
      ? KeptLogs.create(podLogs, namespace)
      : new FollowedLogs(cluster, namespace);
  }

  static start(cluster: TestCluster, namespace: string): PodWatch {
    const watch = new PodWatch(cluster, namespace);
    void watch.#follow();
    return watch;
  }

  /** Pods that were ever seen, oldest first. */
  get pods(): readonly SeenPod[] {
    return [...this.#pods.values()].sort((a, b) =>
      a.createdAt < b.createdAt ? -1 : 1,
    );
  }

  /** The most tasks of a process that ran at one instant. */
  peakOf(process: string): number {
    return this.#peaks.get(process) ?? 0;
  }

  /** The bytes that each task has written, over all of its pods. */
  async written(): Promise<ReadonlyMap<string, Buffer>> {
    const written = new Map<string, Buffer>();
    for (const pod of this.pods) {
      const before = written.get(pod.task) ?? Buffer.alloc(0);
      const bytes = await this.#logs.bytesOf(pod);
      written.set(pod.task, Buffer.concat([before, bytes]));
    }
    return written;
  }

  close(): void {
    this.#closed = true;
    this.#kubectl?.kill();
    this.#logs.close();
  }

  /** As many times as it takes: the API server may be killed meanwhile. */
  async #follow(): Promise<void> {
    while (!this.#closed) {
      const kubectl = this.#cluster.watch(
        ...['--namespace', this.#namespace, 'get', 'pods', '--watch'],
        ...['--no-headers', '--output', `custom-columns=${COLUMNS}`],
      );
      this.#kubectl = kubectl;
      if (kubectl.stdout) {
        for await (const line of createInterface({ input: kubectl.stdout })) {
          this.#see(line);
        }
      }
      await sleep(AGAIN_MS);
    }
  }

  #see(line: string): void {
    const [uid, name, job, createdAt, label, running] = line
      .trim()
      .split(/\s+/);
    const task = label === NONE ? 'driver' : label.replace('_', ':');
    const isRunning = running !== NONE;
    const pod = { uid, name, job, task, createdAt, isRunning };
    this.#pods.set(uid, pod);
    this.#logs.keep(pod);
    const process = task.split(':')[0];
    const now = this.pods.filter(
      other => other.isRunning && other.task.startsWith(process),
    ).length;
    this.#peaks.set(process, Math.max(now, this.peakOf(process)));
  }
}
