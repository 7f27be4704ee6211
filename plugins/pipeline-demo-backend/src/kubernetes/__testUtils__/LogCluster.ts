import type { KubernetesObject } from '@kubernetes/client-node';
import { ClusterError } from '../Cluster';
import type {
  Cluster,
  LogRequest,
  ObjectList,
  Resource,
  WatchMessage,
} from '../Cluster';

/** What becomes of a request for a log. */
export type Connection =
  /** With the kubelet's own words at its end, if it has any. */
  | { readonly type: 'whole'; readonly words?: string }
  /** After so many bytes. */
  | { readonly type: 'reset' | 'end'; readonly afterBytes: number }
  /** Nothing comes, for ever. */
  | { readonly type: 'silent' }
  | { readonly type: 'refused'; readonly status: number }
  /** The kubelet's own words, in a stream of status 200. */
  | { readonly type: 'text'; readonly text: string };

/** A line as the runtime wrote it. */
export interface WrittenLine {
  /** RFC 3339 with nanoseconds. */
  readonly time: string;
  readonly content: Uint8Array | string;
  /** The runtime ends a log as the container did: without an end of the line. */
  readonly end?: '';
}

/** A cluster that has nothing but logs of pods, with connections that break as told. */
export class LogCluster implements Cluster {
  readonly namespace = 'demo';
  readonly requests: LogRequest[] = [];
  /** Of the coming requests, in that order; those after them are whole. */
  connections: Connection[] = [];
  #lines: WrittenLine[] = [];
  #hasEnded = false;
  #partBytes = 64 * 1024;
  #wake = new AbortController();

  static create(partBytes = 64 * 1024): LogCluster {
    const cluster = new LogCluster();
    cluster.#partBytes = partBytes;
    return cluster;
  }

  write(...lines: readonly WrittenLine[]): void {
    this.#lines = this.#lines.concat(lines);
    this.#tell();
  }

  /** The log is complete. */
  end(): void {
    this.#hasEnded = true;
    this.#tell();
  }

  /** The node throws the first lines away. */
  rotate(lines: number): void {
    this.#lines = this.#lines.slice(lines);
  }

  async *log(
    request: LogRequest,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array> {
    this.requests.push(request);
    const connection: Connection = this.connections.shift() ?? {
      type: 'whole',
    };
    switch (connection.type) {
      case 'refused':
        throw new ClusterError(connection.status, '', 'no', 'get pods/log');
      case 'text':
        yield Buffer.from(connection.text);
        return;
      case 'silent':
        await aborted(signal);
        throw signal.reason;
      case 'whole':
        yield* this.#follow(request, signal);
        yield Buffer.from(connection.words ?? '');
        return;
      default:
        yield* upTo(connection.afterBytes, this.#follow(request, signal));
    }
    if (connection.type === 'reset') {
      throw new Error('connection reset');
    }
  }

  get<T extends KubernetesObject>(resource: Resource): Promise<T | undefined> {
    return unasked(resource);
  }

  list<T extends KubernetesObject>(resource: Resource): Promise<ObjectList<T>> {
    return unasked(resource);
  }

  create<T extends KubernetesObject>(resource: Resource): Promise<T> {
    return unasked(resource);
  }

  delete(resource: Resource): Promise<void> {
    return unasked(resource);
  }

  watch<T extends KubernetesObject>(
    resource: Resource,
  ): AsyncIterable<WatchMessage<T>> {
    throw new Error(`Nobody watches ${resource} here`);
  }

  may(): Promise<boolean> {
    return unasked('rights');
  }

  version(): Promise<{ readonly gitVersion: string }> {
    return unasked('the version');
  }

  async *#follow(
    { sinceTime = '1970-01-01T00:00:00Z' }: LogRequest,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array> {
    const since = Date.parse(sinceTime);
    for (let next = 0; ; ) {
      const lines = this.#lines.slice(next);
      next += lines.length;
      yield* parts(bytesOf(lines, since), this.#partBytes);
      if (this.#hasEnded && next === this.#lines.length) {
        return;
      }
      if (next === this.#lines.length) {
        await aborted(AbortSignal.any([signal, this.#wake.signal]));
        signal.throwIfAborted();
      }
    }
  }

  #tell(): void {
    this.#wake.abort();
    this.#wake = new AbortController();
  }
}

function bytesOf(lines: readonly WrittenLine[], since: number): Uint8Array {
  return Buffer.concat(
    lines
      .filter(({ time }) => Date.parse(time) >= since)
      .flatMap(({ time, content, end = '\n' }) => [
        Buffer.from(`${time} `),
        Buffer.from(content as Uint8Array),
        Buffer.from(end),
      ]),
  );
}

function* parts(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) {
    yield bytes.subarray(from, from + size);
  }
}

async function* upTo(
  bytes: number,
  stream: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let left = bytes;
  for await (const part of stream) {
    yield part.subarray(0, left);
    left -= part.length;
    if (left <= 0) {
      return;
    }
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) {
      resolve();
    } else {
      signal.addEventListener('abort', () => resolve(), { once: true });
    }
  });
}

function unasked(what: string): Promise<never> {
  return Promise.reject(new Error(`Nobody asks for ${what} here`));
}
