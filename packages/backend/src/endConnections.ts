import type { LifecycleService } from '@backstage/backend-plugin-api';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** How long what was asked may still be answered: the download of a log, say. */
const GRACE_MS = 10_000;

/**
 * Lets the process end when it is told to, whoever is connected.
 *
 * A server that closes waits for every connection which has not been answered,
 * also for one that never asked: browsers keep such in stock, and would hold
 * the process for as long as they like. (Where the server itself speaks TLS, its
 * handshake is a question, too: such a connection is cut after the grace.)
 *
 * @param graceMs - after it, every connection is cut
 */
export function endConnections(
  server: Server,
  lifecycle: Pick<LifecycleService, 'addShutdownHook'>,
  graceMs = GRACE_MS,
): void {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  lifecycle.addShutdownHook(() => {
    open.forEach(socket => {
      if (socket.bytesRead === 0) {
        socket.destroy();
      }
    });
    setTimeout(() => open.forEach(socket => socket.destroy()), graceMs).unref();
  });
}
