import type { KubernetesObject } from '@kubernetes/client-node';
import { ClusterError } from './Cluster';
import type { WatchMessage } from './Cluster';

const LINE_FEED = 0x0a;

/** Values of JSON, one a line, wherever the bytes were split. What has no end of line is no value yet. */
export async function* jsonLines(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<unknown> {
  let open: Uint8Array[] = [];
  for await (const chunk of chunks) {
    let from = 0;
    for (;;) {
      const to = chunk.indexOf(LINE_FEED, from);
      if (to < 0) {
        break;
      }
      const line = Buffer.concat([...open, chunk.subarray(from, to)]);
      open = [];
      from = to + 1;
      if (line.length > 0) {
        yield JSON.parse(line.toString('utf8'));
      }
    }
    open.push(chunk.subarray(from));
  }
}

/** What the API server writes into a watch. */
interface RawMessage {
  readonly type: string;
  readonly object: KubernetesObject & {
    readonly code?: number;
    readonly reason?: string;
    readonly message?: string;
  };
}

/**
 * The messages of a watch.
 *
 * @param asked - for people: "watch pods"
 * @throws ClusterError for a message of type ERROR: in a stream that has
 *   begun, the API server has no other way to say that a version is too old
 */
export async function* watchMessages<T extends KubernetesObject>(
  chunks: AsyncIterable<Uint8Array>,
  asked: string,
): AsyncGenerator<WatchMessage<T>> {
  for await (const line of jsonLines(chunks)) {
    const { type, object } = line as RawMessage;
    switch (type) {
      case 'ADDED':
      case 'MODIFIED':
      case 'DELETED':
        yield { type, object: object as T };
        break;
      case 'BOOKMARK':
        yield {
          type,
          resourceVersion: object.metadata?.resourceVersion ?? '',
        };
        break;
      case 'ERROR':
        throw new ClusterError(
          object.code ?? 0,
          object.reason ?? 'Unknown',
          object.message ?? 'The watch has failed.',
          asked,
        );
      default:
        // What a newer Kubernetes may say besides is no change of an object.
        break;
    }
  }
}
