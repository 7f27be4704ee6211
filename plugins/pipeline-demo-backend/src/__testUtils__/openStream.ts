import { mockCredentials } from '@backstage/backend-test-utils';
import { STREAM_PROTOCOL } from 'backstage-plugin-pipeline-demo-common';
import { WebSocket } from 'ws';
import { FakeSink } from '../testing/FakeSink';

/** A page's WebSocket, which checks what it is sent. */
export interface TestStream {
  readonly socket: WebSocket;
  /** What was sent, and what was wrong with it. */
  readonly page: FakeSink;
  /** The close code; rejects with "HTTP 403" when there was no upgrade. */
  readonly closed: Promise<number>;
}

/** Opens a stream as a page does: with its token among the subprotocols. */
export function openStream(
  url: string,
  options: {
    readonly protocols?: readonly string[];
    readonly origin?: string;
  } = {},
): TestStream {
  const {
    protocols = [STREAM_PROTOCOL, mockCredentials.user.token()],
    origin,
  } = options;
  const socket = new WebSocket(url, [...protocols], { origin });
  const page = FakeSink.create();
  socket.on('message', data => page.send(String(data)));
  const closed = new Promise<number>((resolve, reject) => {
    socket.on('unexpected-response', (_request, response) =>
      reject(new Error(`HTTP ${response.statusCode}`)),
    );
    socket.on('error', reject);
    socket.on('close', resolve);
  });
  // Whoever waits for it hears of it.
  closed.catch(() => undefined);
  return { socket, page, closed };
}
