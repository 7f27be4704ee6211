import type {
  KubernetesObject,
  V1ContainerState,
  V1Job,
  V1Pod,
} from '@kubernetes/client-node';
import {
  APP,
  APP_LABEL,
  ROLE_LABEL,
  RUN_LABEL,
  TASK_LABEL,
} from '../objectNames';
import { ClusterError } from '../Cluster';
import type {
  Cluster,
  LogRequest,
  ObjectList,
  Resource,
  Selection,
  WatchMessage,
} from '../Cluster';
import { LogCluster } from './LogCluster';

/** A pod of a run, with a container for each state. */
export function podOf(
  name: string,
  runId: string,
  task: string,
  states: Readonly<Record<string, V1ContainerState>>,
): V1Pod {
  const isDriver = task === 'driver';
  return {
    metadata: {
      name,
      uid: `uid-${name}`,
      labels: {
        [APP_LABEL]: APP,
        [RUN_LABEL]: runId,
        [ROLE_LABEL]: isDriver ? 'driver' : 'worker',
        ...(!isDriver && { [TASK_LABEL]: task.replace(':', '_') }),
      },
    },
    spec: {
      containers: Object.keys(states).map(container => ({ name: container })),
    },
    status: {
      containerStatuses: Object.entries(states).map(([container, state]) => ({
        name: container,
        state,
        image: '',
        imageID: '',
        ready: true,
        restartCount: 0,
      })),
    },
  };
}

export function jobOf(runId: string): V1Job {
  return {
    metadata: {
      name: `${APP}-${runId}`,
      uid: `uid-job-${runId}`,
      labels: { [APP_LABEL]: APP, [RUN_LABEL]: runId },
    },
  };
}

/** Pods and Jobs that can be watched, and the logs of their containers. */
export class PodCluster implements Cluster {
  readonly namespace = 'demo';
  /** Every request for a log. */
  readonly follows: string[] = [];
  readonly #objects = new Map<string, KubernetesObject>();
  readonly #logs = new Map<string, LogCluster>();
  #messages: { resource: Resource; message: WatchMessage<KubernetesObject> }[] =
    [];
  #wake = new AbortController();

  put(resource: Resource, object: KubernetesObject): void {
    const key = `${resource}/${object.metadata?.name}`;
    const type = this.#objects.has(key) ? 'MODIFIED' : 'ADDED';
    const resourceVersion = String(this.#messages.length + 1);
    const metadata = { ...object.metadata, resourceVersion };
    const stored = { ...object, metadata };
    this.#objects.set(key, stored);
    this.#say(resource, { type, object: stored });
  }

  remove(resource: Resource, name: string): void {
    const key = `${resource}/${name}`;
    const object = this.#objects.get(key)!;
    this.#objects.delete(key);
    this.#say(resource, { type: 'DELETED', object });
  }

  /** The log of a container, from before the container on. */
  logOf(pod: string, container: string): LogCluster {
    const key = `${pod}/${container}`;
    const log = this.#logs.get(key) ?? LogCluster.create();
    this.#logs.set(key, log);
    return log;
  }

  async *log(
    request: LogRequest,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array> {
    const { pod, container } = request;
    this.follows.push(`${pod}/${container}`);
    if (!this.#objects.has(`pods/${pod}`)) {
      throw new ClusterError(404, 'NotFound', 'no such pod', 'get pods/log');
    }
    yield* this.logOf(pod, container).log(request, signal);
  }

  async get<T extends KubernetesObject>(
    resource: Resource,
    name: string,
  ): Promise<T | undefined> {
    return this.#objects.get(`${resource}/${name}`) as T | undefined;
  }

  async list<T extends KubernetesObject>(
    resource: Resource,
    { labelSelector }: Selection,
  ): Promise<ObjectList<T>> {
    const items = [...this.#objects]
      .filter(([key]) => key.startsWith(`${resource}/`))
      .map(([, object]) => object as T)
      .filter(object => isSelected(object, labelSelector));
    return { items, resourceVersion: String(this.#messages.length) };
  }

  async *watch<T extends KubernetesObject>(
    resource: Resource,
    selection: Selection & { readonly resourceVersion: string },
    signal: AbortSignal,
  ): AsyncGenerator<WatchMessage<T>> {
    let next = Number(selection.resourceVersion);
    while (!signal.aborted) {
      for (; next < this.#messages.length; next += 1) {
        const { message, resource: of } = this.#messages[next];
        const isMine =
          message.type !== 'BOOKMARK' &&
          isSelected(message.object, selection.labelSelector);
        if (of === resource && isMine) {
          yield message as WatchMessage<T>;
        }
      }
      const wake = AbortSignal.any([signal, this.#wake.signal]);
      await new Promise<void>(resolve => {
        wake.addEventListener('abort', () => resolve(), { once: true });
      });
    }
  }

  create<T extends KubernetesObject>(): Promise<T> {
    return Promise.reject(new Error('Nobody creates objects here'));
  }

  delete(): Promise<void> {
    return Promise.reject(new Error('Nobody deletes objects here'));
  }

  may(): Promise<boolean> {
    return Promise.resolve(true);
  }

  version(): Promise<{ readonly gitVersion: string }> {
    return Promise.resolve({ gitVersion: 'v1.34.4' });
  }

  #say(resource: Resource, message: WatchMessage<KubernetesObject>): void {
    this.#messages = [...this.#messages, { resource, message }];
    this.#wake.abort();
    this.#wake = new AbortController();
  }
}

function isSelected(object: KubernetesObject, selector = ''): boolean {
  return selector
    .split(',')
    .filter(Boolean)
    .every(term => {
      const [label, value] = term.split('=');
      return object.metadata?.labels?.[label] === value;
    });
}
