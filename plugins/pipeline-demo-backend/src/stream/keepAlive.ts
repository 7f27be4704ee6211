import type { WebSocket } from 'ws';
import type { Clock } from '../ports/Clock';

/** Proxies forget a silent connection after a minute. */
const PING_INTERVAL_MS = 30_000;

/**
 * Pings all sockets, and ends those that have not answered the ping before:
 * a laptop that was closed sends no goodbye. Never rejects.
 */
export async function keepAlive(
  sockets: ReadonlySet<WebSocket>,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const silent = new WeakSet<WebSocket>();
  while (!signal.aborted) {
    await clock.sleep(PING_INTERVAL_MS, signal);
    for (const socket of sockets) {
      if (silent.has(socket)) {
        socket.terminate();
      } else if (socket.readyState === socket.OPEN) {
        silent.add(socket);
        socket.once('pong', () => silent.delete(socket));
        socket.ping();
      }
    }
  }
}
