import {
  CLOSE_CODES,
  STREAM_PROTOCOL,
  decodeServerMessage,
  encodeMessage,
} from 'backstage-plugin-pipeline-demo-common';
import { whereToBegin } from './Transport';
import type { StreamEnd, StreamLink, Transport } from './Transport';

/** The part of the browser's WebSocket that is used. */
export type Socket = Pick<WebSocket, 'addEventListener' | 'send' | 'close'>;

/** The stream over a WebSocket. The token goes with the subprotocols: a browser can send no header. */
export function webSocketTransport(deps: {
  /** The plugin's base URL. */
  baseUrl(): Promise<string>;
  /** Fresh at each connect; undefined when nobody is signed in. */
  token(): Promise<string | undefined>;
  connect(url: string, protocols: readonly string[]): Socket;
}): Transport {
  return async (request, link) => {
    let socket: Socket;
    try {
      const url = new URL(`${await deps.baseUrl()}/pipeline/stream`);
      url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
      url.search = whereToBegin(request).toString();
      if (request.runId) {
        url.searchParams.set('run', request.runId);
      }
      const token = await deps.token();
      socket = deps.connect(url.toString(), [
        STREAM_PROTOCOL,
        ...(token ? [token] : []),
      ]);
    } catch (error) {
      return { type: 'lost', message: (error as Error).message };
    }
    return await pump(socket, link);
  };
}

function pump(socket: Socket, link: StreamLink): Promise<StreamEnd> {
  return new Promise(resolve => {
    let isOpen = true;
    const end = (how: StreamEnd) => {
      isOpen = false;
      link.signal.removeEventListener('abort', abort);
      socket.close();
      resolve(how);
    };
    const abort = () => end({ type: 'lost', message: 'closed by the page' });

    socket.addEventListener('open', () =>
      link.rewindable(message => socket.send(encodeMessage(message))),
    );
    socket.addEventListener('message', ({ data }) => {
      if (!isOpen) {
        return;
      }
      try {
        const message = decodeServerMessage(String(data));
        if (message) {
          link.receive(message);
        }
      } catch (error) {
        end({ type: 'lost', message: (error as Error).message });
      }
    });
    socket.addEventListener('close', ({ code, reason }) => {
      if (isOpen) {
        end(endOfClose(code, reason));
      }
    });
    link.signal.addEventListener('abort', abort);
    if (link.signal.aborted) {
      abort();
    }
  });
}

/** What a close code means for the one who was connected. */
export function endOfClose(code: number, reason: string): StreamEnd {
  switch (code) {
    case CLOSE_CODES.badRequest:
      return { type: 'refused', name: 'InputError', message: reason };
    case CLOSE_CODES.forbidden:
      return { type: 'refused', name: 'NotAllowedError', message: reason };
    case CLOSE_CODES.notFound:
      return { type: 'refused', name: 'NotFoundError', message: reason };
    case CLOSE_CODES.restart:
    case CLOSE_CODES.tokenExpired:
      return { type: 'lost', message: reason, retryAfterMs: 0 };
    default:
      return { type: 'lost', message: reason || `close code ${code}` };
  }
}
