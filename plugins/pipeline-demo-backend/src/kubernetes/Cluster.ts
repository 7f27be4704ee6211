import type { KubernetesObject } from '@kubernetes/client-node';

/** The objects that the engine works with, by their plural. */
export type Resource =
  | 'configmaps'
  | 'events'
  | 'jobs'
  | 'limitranges'
  | 'namespaces'
  | 'nodes'
  | 'persistentvolumeclaims'
  | 'pods'
  | 'resourcequotas'
  | 'serviceaccounts';

/** What may be asked for an object, in the words of a Role. */
export type Verb = 'get' | 'list' | 'watch' | 'create' | 'delete';

/** A complete list, and the version from which a watch goes on. */
export interface ObjectList<T extends KubernetesObject> {
  readonly items: readonly T[];
  readonly resourceVersion: string;
}

/** One message of a watch. */
export type WatchMessage<T extends KubernetesObject> =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: T }
  /** Nothing changed up to this version. */
  | { readonly type: 'BOOKMARK'; readonly resourceVersion: string };

/** Which objects. */
export interface Selection {
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

/** Which part of a container's log. */
export interface LogRequest {
  readonly pod: string;
  readonly container: string;
  /** RFC 3339, whole seconds: the API server knows no finer. */
  readonly sinceTime?: string;
  readonly mode: LogMode;
}

/** "follow" goes on until the container has ended, "read" to the present end. */
export type LogMode = 'follow' | 'read';

/**
 * What the engine asks of a cluster, in the namespace of the demo: a thin
 * layer over authenticated requests, so that every request can be aborted and
 * every refusal has one shape.
 *
 * Every method throws `ClusterError` when the API server refuses, and any
 * other error when it cannot be reached.
 */
export interface Cluster {
  readonly namespace: string;

  /** @returns undefined when there is no such object */
  get<T extends KubernetesObject>(
    resource: Resource,
    name: string,
    signal: AbortSignal,
  ): Promise<T | undefined>;

  /** Complete and current: never from the API server's cache. */
  list<T extends KubernetesObject>(
    resource: Resource,
    selection: Selection,
    signal: AbortSignal,
  ): Promise<ObjectList<T>>;

  create<T extends KubernetesObject>(
    resource: Resource,
    object: T,
    signal: AbortSignal,
  ): Promise<T>;

  /**
   * Asks for the deletion of an object and, in the background, of what it
   * owns. What is not there is deleted.
   */
  delete(
    resource: Resource,
    name: string,
    options: { readonly uid?: string; readonly gracePeriodSeconds?: number },
    signal: AbortSignal,
  ): Promise<void>;

  /**
   * Changes after a version, with bookmarks. Ends when the API server ends
   * the stream, and throws when the connection breaks or nothing was heard
   * for too long. A version that is too old is a `ClusterError` of status 410.
   */
  watch<T extends KubernetesObject>(
    resource: Resource,
    selection: Selection & { readonly resourceVersion: string },
    signal: AbortSignal,
  ): AsyncIterable<WatchMessage<T>>;

  /**
   * The bytes of a container's log, each line with its time in nanoseconds
   * before it. Ends with a clean end of the stream; throws when it breaks.
   */
  log(request: LogRequest, signal: AbortSignal): AsyncIterable<Uint8Array>;

  /** Whether we may: a SelfSubjectAccessReview. */
  may(
    verb: Verb,
    resource: Resource | 'pods/log',
    signal: AbortSignal,
  ): Promise<boolean>;

  /** The version of the API server, and its clock: epoch milliseconds from its Date header. */
  version(
    signal: AbortSignal,
  ): Promise<{ readonly gitVersion: string; readonly now?: number }>;
}

/** The API server's refusal. */
export class ClusterError extends Error {
  readonly name = 'ClusterError';

  constructor(
    /** HTTP status. */
    readonly status: number,
    /** Kubernetes' own word: "Forbidden", "AlreadyExists", "Expired". */
    readonly reason: string,
    message: string,
    /** What was asked: "create jobs". */
    readonly asked: string,
  ) {
    super(message);
  }
}
