import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PodLogs, SeenPod } from './PodLogs.ts';
import type { TestCluster } from './TestCluster.ts';

/** Until a container has started there is nothing to follow. */
const AGAIN_MS = 500;

/** What containers have written, where the node is out of reach: a kubectl each. */
export class FollowedLogs implements PodLogs {
  readonly #cluster: TestCluster;
  readonly #namespace: string;
  readonly #bytes = new Map<string, Buffer>();
  readonly #follows = new Map<string, Promise<void>>();
  readonly #processes = new Set<ChildProcess>();
  #closed = false;

  constructor(cluster: TestCluster, namespace: string) {
    this.#cluster = cluster;
    this.#namespace = namespace;
  }

  keep(pod: SeenPod): void {
    for (const container of containersOf(pod)) {
      const key = `${pod.uid}/${container}`;
      if (!this.#follows.has(key)) {
        this.#follows.set(key, this.#follow(key, pod.name, container));
      }
    }
  }

  async bytesOf(pod: SeenPod): Promise<Buffer> {
    const keys = containersOf(pod).map(container => `${pod.uid}/${container}`);
    await Promise.all(keys.map(key => this.#follows.get(key)));
    return Buffer.concat(keys.flatMap(key => this.#bytes.get(key) ?? []));
  }

  close(): void {
    this.#closed = true;
    this.#processes.forEach(kubectl => kubectl.kill());
  }

  /** Until kubectl has seen the container's end, or the pod is gone. */
  async #follow(key: string, pod: string, container: string): Promise<void> {
    while (!this.#closed) {
      const kubectl = this.#cluster.watch(
        ...['--namespace', this.#namespace, 'logs', pod],
        ...['--container', container, '--follow'],
      );
      this.#processes.add(kubectl);
      const parts: Buffer[] = [];
      kubectl.stdout?.on('data', (bytes: Buffer) => parts.push(bytes));
      const [code] = (await once(kubectl, 'close')) as [number | null];
      this.#processes.delete(kubectl);
      this.#bytes.set(key, Buffer.concat(parts));
      if (code === 0 || !(await this.#isThere(pod))) {
        return;
      }
      await sleep(AGAIN_MS);
    }
  }

  async #isThere(pod: string): Promise<boolean> {
    const found = await this.#cluster.kubectl(
      ...['--namespace', this.#namespace, 'get', 'pod', pod],
      ...['--ignore-not-found', '--output', 'name'],
    );
    return found !== '';
  }
}

/** A worker's container is called like its Job. */
function containersOf({ task, job }: SeenPod): readonly string[] {
  return task === 'driver' ? ['prepare', 'driver'] : [job];
}
