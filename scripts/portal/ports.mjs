import { createServer } from 'node:net';

/** Both of what "localhost" may mean. */
const LOOPBACKS = ['127.0.0.1', '::1'];

/** The first port that another program listens on, if any. */
export async function busyPort(ports) {
  for (const port of ports) {
    const codes = await Promise.all(
      LOOPBACKS.map(host => listenOnce(port, host)),
    );
    if (codes.some(result => result.code === 'EADDRINUSE')) {
      return port;
    }
  }
  return undefined;
}

/** A port of 127.0.0.1 that is free now. */
export async function freePort() {
  const { port } = await listenOnce(0, LOOPBACKS[0]);
  return port;
}

/** Listens and stops again: the port it had, or why it could not. */
function listenOnce(port, host) {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', error => resolve({ code: error.code }));
    server.listen({ port, host }, () => {
      const address = server.address();
      server.close(() => resolve({ port: address.port }));
    });
  });
}
