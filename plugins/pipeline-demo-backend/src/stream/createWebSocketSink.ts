import type { WebSocket } from 'ws';
import type { Sink } from '../live/Viewer';

/** RFC 6455 has room for 123 bytes. */
const MAX_REASON_LENGTH = 120;

/** A WebSocket as a viewer sees it. */
export function createWebSocketSink(ws: WebSocket): Sink {
  return {
    send: frame => ws.send(frame),
    buffered: () => ws.bufferedAmount,
    close: (code, reason) => ws.close(code, reason.slice(0, MAX_REASON_LENGTH)),
  };
}
