import { once } from 'node:events';
import {
  createServer,
  get,
  type IncomingMessage,
  type RequestListener,
} from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { endConnections } from './endConnections';

/** More than any test takes. */
const LONG_MS = 600_000;

/** A server, and what tells it to stop as Backstage does. */
async function serve(answer: RequestListener, graceMs: number) {
  const server = createServer(answer);
  const hooks: (() => void | Promise<void>)[] = [];
  const addShutdownHook = (hook: () => void | Promise<void>) => {
    hooks.push(hook);
  };
  endConnections(server, { addShutdownHook }, graceMs);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    server,
    port,
    stop: async () => {
      const closed = once(server, 'close');
      server.closeIdleConnections();
      server.close();
      await Promise.all(hooks.map(hook => hook()));
      await closed;
    },
  };
}

it('does not wait for a connection that never asked', async () => {
  const { server, port, stop } = await serve((_, response) => {
    response.end();
  }, LONG_MS);
  const spare = connect(port, '127.0.0.1');
  await once(server, 'connection');
  const gone = once(spare, 'close');

  await stop();
  await gone;
  expect(spare.destroyed).toBe(true);
});

it('lets what was asked be answered', async () => {
  let answer = () => {};
  const { server, port, stop } = await serve((_, response) => {
    response.write('first,');
    answer = () => response.end('last');
  }, LONG_MS);
  const asked = get({ host: '127.0.0.1', port, agent: false });
  const [response] = (await once(asked, 'response')) as [IncomingMessage];

  const stopped = stop();
  expect(server.listening).toBe(false);
  answer();
  const parts: Buffer[] = [];
  for await (const part of response) {
    parts.push(part);
  }
  expect(Buffer.concat(parts).toString()).toBe('first,last');
  await stopped;
});

it('cuts what is not answered in time', async () => {
  const { port, stop } = await serve((_, response) => {
    response.write('first, and then nothing');
  }, 1);
  const asked = get({ host: '127.0.0.1', port, agent: false });
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  response.resume();
  const cut = once(response, 'error');

  await stop();
  expect(await cut).toEqual([expect.objectContaining({ code: 'ECONNRESET' })]);
});
