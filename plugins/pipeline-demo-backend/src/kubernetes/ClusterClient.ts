import type {
  KubernetesObject,
  KubernetesListObject,
} from '@kubernetes/client-node';
import { accessReview, pathOf } from './apiPaths';
import { ApiServer, bytesOf } from './ApiServer';
import type { ApiRequest } from './ApiServer';
import { ClusterError } from './Cluster';
import type {
  Cluster,
  LogRequest,
  ObjectList,
  Resource,
  Selection,
  Verb,
  WatchMessage,
} from './Cluster';
import { loadKubeConfig } from './kubeConfig';
import type { ClusterAddress } from './kubeConfig';
import { watchMessages } from './readMessages';

/** What `ClusterClient` is made of. */
export interface ClusterClientOptions extends ClusterAddress {
  /** Where the demo's objects are. */
  readonly namespace: string;
  /** Longest wait for an answer that is no stream. */
  readonly timeoutMs?: number;
  /** A watch in which nothing is heard for so long is dead: bookmarks come each minute. */
  readonly silenceMs?: number;
}

const REQUEST_TIMEOUT_MS = 10_000;
const WATCH_SILENCE_MS = 90_000;

/** The API server ends a watch after this, in good order: no watch lives for ever on a stale connection. */
const WATCH_SECONDS = 290;

const NOT_FOUND = 404;
const CONFLICT = 409;

/** A cluster behind its API server: every request is authenticated, and can be aborted. */
export class ClusterClient implements Cluster {
  readonly namespace: string;
  readonly #server: ApiServer;
  readonly #timeoutMs: number;
  readonly #silenceMs: number;

  /** Reads no file and asks nobody: that is done at the first request. */
  static create(options: ClusterClientOptions): ClusterClient {
    return new ClusterClient(options);
  }

  private constructor(options: ClusterClientOptions) {
    this.namespace = options.namespace;
    this.#server = ApiServer.at(() => loadKubeConfig(options));
    this.#timeoutMs = options.timeoutMs ?? REQUEST_TIMEOUT_MS;
    this.#silenceMs = options.silenceMs ?? WATCH_SILENCE_MS;
  }

  async get<T extends KubernetesObject>(
    resource: Resource,
    name: string,
    signal: AbortSignal,
  ): Promise<T | undefined> {
    try {
      return await this.#ask<T>(
        {
          method: 'GET',
          path: this.#path(resource, name),
          asked: `get ${resource}`,
        },
        signal,
      );
    } catch (error) {
      if (isRefusal(error, NOT_FOUND)) {
        return undefined;
      }
      throw error;
    }
  }

  async list<T extends KubernetesObject>(
    resource: Resource,
    selection: Selection,
    signal: AbortSignal,
  ): Promise<ObjectList<T>> {
    const { items, metadata } = await this.#ask<KubernetesListObject<T>>(
      {
        method: 'GET',
        path: this.#path(resource),
        query: { ...selection },
        asked: `list ${resource}`,
      },
      signal,
    );
    return { items, resourceVersion: metadata?.resourceVersion ?? '' };
  }

  create<T extends KubernetesObject>(
    resource: Resource,
    object: T,
    signal: AbortSignal,
  ): Promise<T> {
    return this.#ask<T>(
      {
        method: 'POST',
        path: this.#path(resource),
        body: object,
        asked: `create ${resource}`,
      },
      signal,
    );
  }

  async delete(
    resource: Resource,
    name: string,
    {
      uid,
      gracePeriodSeconds,
    }: { readonly uid?: string; readonly gracePeriodSeconds?: number },
    signal: AbortSignal,
  ): Promise<void> {
    try {
      await this.#ask(
        {
          method: 'DELETE',
          path: this.#path(resource, name),
          // In the body: beside one, the API server overlooks a policy in the
          // query, and a Job's pods would live on without their Job.
          body: {
            apiVersion: 'v1',
            kind: 'DeleteOptions',
            propagationPolicy: 'Background',
            gracePeriodSeconds,
            ...(uid !== undefined && { preconditions: { uid } }),
          },
          asked: `delete ${resource}`,
        },
        signal,
      );
    } catch (error) {
      // With another uid it is another object: the one that was meant is gone.
      const isGone =
        isRefusal(error, NOT_FOUND) ||
        (uid !== undefined && isRefusal(error, CONFLICT));
      if (!isGone) {
        throw error;
      }
    }
  }

  async *watch<T extends KubernetesObject>(
    resource: Resource,
    selection: Selection & { readonly resourceVersion: string },
    signal: AbortSignal,
  ): AsyncGenerator<WatchMessage<T>> {
    const asked = `watch ${resource}`;
    const request: ApiRequest = {
      method: 'GET',
      path: this.#path(resource),
      query: {
        ...selection,
        watch: 'true',
        allowWatchBookmarks: 'true',
        timeoutSeconds: String(WATCH_SECONDS),
      },
      asked,
    };
    const bytes = this.#heard(request, signal);
    yield* watchMessages<T>(bytes, asked);
  }

  async *log(
    { pod, container, sinceTime, mode }: LogRequest,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array> {
    const request: ApiRequest = {
      method: 'GET',
      path: `${this.#path('pods', pod)}/log`,
      query: {
        container,
        sinceTime,
        timestamps: 'true',
        follow: mode === 'follow' ? 'true' : undefined,
      },
      asked: 'get pods/log',
    };
    // Of a silent container not even the head of an answer comes.
    const answer = await this.#server.open(request, signal);
    yield* bytesOf(answer, request, signal);
  }

  async may(
    verb: Verb,
    resource: Resource | 'pods/log',
    signal: AbortSignal,
  ): Promise<boolean> {
    const review = await this.#ask<{ status?: { allowed?: boolean } }>(
      {
        method: 'POST',
        path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
        body: accessReview(this.namespace, verb, resource),
        asked: 'create selfsubjectaccessreviews',
      },
      signal,
    );
    return review.status?.allowed === true;
  }

  async version(
    signal: AbortSignal,
  ): Promise<{ readonly gitVersion: string; readonly now?: number }> {
    const request: ApiRequest = {
      method: 'GET',
      path: '/version',
      asked: 'get /version',
    };
    return this.#within(request, signal, async aborted => {
      const answer = await this.#server.open(request, aborted);
      const now = Date.parse(answer.headers.date ?? '');
      const chunks: Uint8Array[] = [];
      for await (const bytes of bytesOf(answer, request, aborted)) {
        chunks.push(bytes);
      }
      const { gitVersion } = JSON.parse(Buffer.concat(chunks).toString());
      return Number.isNaN(now) ? { gitVersion } : { gitVersion, now };
    });
  }

  #ask<T>(request: ApiRequest, signal: AbortSignal): Promise<T> {
    return this.#within(request, signal, aborted =>
      this.#server.ask<T>(request, aborted),
    );
  }

  async #within<T>(
    { asked }: ApiRequest,
    signal: AbortSignal,
    call: (aborted: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const late = AbortSignal.timeout(this.#timeoutMs);
    try {
      return await call(AbortSignal.any([signal, late]));
    } catch (error) {
      if (late.aborted && !signal.aborted) {
        throw new Error(
          `The API server did not answer within ${
            this.#timeoutMs
          } ms (${asked}).`,
        );
      }
      throw error;
    }
  }

  /** The bytes of a watch. @throws when nothing is heard for too long */
  async *#heard(
    request: ApiRequest,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array> {
    const silence = new AbortController();
    const give = () =>
      silence.abort(
        new Error(
          `Nothing was heard from the API server for ${this.#silenceMs} ms (${
            request.asked
          }).`,
        ),
      );
    const timer = setTimeout(give, this.#silenceMs).unref();
    const either = AbortSignal.any([signal, silence.signal]);
    try {
      const answer = await this.#server.open(request, either);
      for await (const bytes of bytesOf(answer, request, either)) {
        timer.refresh();
        yield bytes;
      }
    } finally {
      clearTimeout(timer);
    }
  }

  #path(resource: Resource, name?: string): string {
    return pathOf(this.namespace, resource, name);
  }
}

function isRefusal(error: unknown, status: number): boolean {
  return error instanceof ClusterError && error.status === status;
}
