import type { KubernetesObject } from '@kubernetes/client-node';
import type { Clock } from '../ports/Clock';
import { ClusterError } from './Cluster';
import type { Cluster, Resource, Selection, WatchMessage } from './Cluster';
import { JitteredBackoff } from './JitteredBackoff';

/** What becomes of the objects that are watched. */
export type ObjectChange<T extends KubernetesObject> =
  /** All there are: what is not among them is not there. */
  | { readonly type: 'all'; readonly objects: readonly T[] }
  | { readonly type: 'put'; readonly object: T }
  | { readonly type: 'gone'; readonly object: T }
  /** The API server was heard, and nothing has changed. */
  | { readonly type: 'heard' }
  /** The API server is not heard any more; it is tried again. */
  | { readonly type: 'lost'; readonly error: unknown };

/** What a watch works with. `random` gives 0 to 1. */
export interface WatchDeps {
  readonly cluster: Cluster;
  readonly clock: Clock;
  readonly random: () => number;
}

const RETRY = { minMs: 100, maxMs: 10_000 };

/** The version to go on from is forgotten: list again. */
const GONE = 410;

/** Refusals that pass by themselves. */
const PASSING: readonly number[] = [408, 429];
const FIRST_SERVER_ERROR = 500;

/**
 * The objects of a selection, and whatever becomes of them: a list, and a
 * watch from the list's version on, over as many connections as it takes.
 * Begins with `all`, which comes again when changes may have been missed.
 * Ends when the signal is aborted.
 *
 * @throws ClusterError when the API server refuses for good: a missing right
 */
export async function* watchObjects<T extends KubernetesObject>(
  { cluster, clock, random }: WatchDeps,
  resource: Resource,
  selection: Selection,
  signal: AbortSignal,
): AsyncGenerator<ObjectChange<T>, void> {
  const backoff = JitteredBackoff.create({ ...RETRY, random });
  let version: string | undefined;
  while (!signal.aborted) {
    try {
      if (version === undefined) {
        const list = await cluster.list<T>(resource, selection, signal);
        version = list.resourceVersion;
        yield { type: 'all', objects: list.items };
      }
      const from = { ...selection, resourceVersion: version };
      for await (const message of cluster.watch<T>(resource, from, signal)) {
        backoff.reset();
        version = versionOf(message) ?? version;
        yield changeOf(message);
      }
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      if (isForGood(error)) {
        throw error;
      }
      if (error instanceof ClusterError && error.status === GONE) {
        version = undefined;
      } else {
        yield { type: 'lost', error };
      }
    }
    await clock.sleep(backoff.next(), signal);
  }
}

function isForGood(error: unknown): boolean {
  return (
    error instanceof ClusterError &&
    error.status !== GONE &&
    error.status < FIRST_SERVER_ERROR &&
    !PASSING.includes(error.status)
  );
}

function versionOf<T extends KubernetesObject>(
  message: WatchMessage<T>,
): string | undefined {
  return message.type === 'BOOKMARK'
    ? message.resourceVersion
    : message.object.metadata?.resourceVersion;
}

function changeOf<T extends KubernetesObject>(
  message: WatchMessage<T>,
): ObjectChange<T> {
  switch (message.type) {
    case 'ADDED':
    case 'MODIFIED':
      return { type: 'put', object: message.object };
    case 'DELETED':
      return { type: 'gone', object: message.object };
    case 'BOOKMARK':
      return { type: 'heard' };
    default:
      throw unknownMessage(message);
  }
}

function unknownMessage(message: never): Error {
  return new Error(`Unknown message: ${JSON.stringify(message)}`);
}
