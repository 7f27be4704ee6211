import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { NotAllowedError } from '@backstage/errors';
import {
  encodeMessage,
  STREAM_PROTOCOL,
} from 'backstage-plugin-pipeline-demo-common';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Guard } from '../http/guard';
import { openStream, type TestStream } from '../__testUtils__/openStream';
import { until } from '../__testUtils__/until';
import type { Sink, ViewerRequest } from '../live/Viewer';
import type { StoredRun } from '../ports/RunStore';
import { FakeClock } from '../testing/FakeClock';
import { createStreamHandler } from './createStreamHandler';
import { StreamAdmission } from './StreamAdmission';

const TOKEN = `e30.${Buffer.from('{"exp":1704067290}').toString(
  'base64url',
)}.x`;
/** FakeClock begins at the first second of 2024; the token ends 90 seconds later. */
const TOKEN_LIFE_MS = 90_000;

let stop: () => Promise<void>;
afterEach(() => stop());

/** The handler on a server that authenticates everybody. */
async function startHandler(
  options: {
    readonly require?: Guard['require'];
    readonly viewers?: number;
    readonly get?: () => Promise<StoredRun | undefined>;
  } = {},
) {
  const clock = FakeClock.create();
  const opened: { request: ViewerRequest; sink: Sink }[] = [];
  const resumed: unknown[] = [];
  let left = 0;
  const guard: Pick<Guard, 'audit' | 'require'> = {
    audit: async () => ({
      success: async () => undefined,
      fail: async () => undefined,
    }),
    require: options.require ?? (async () => undefined),
  };
  const logger = mockServices.logger.mock();
  const { viewers = 10 } = options;
  const stopping = new AbortController();
  const handler = createStreamHandler({
    runs: { get: options.get ?? (async () => undefined) },
    broadcaster: {
      open: (sink, request) => {
        opened.push({ request, sink });
        return {
          resume: (cursor: unknown) => resumed.push(cursor),
          close: () => {
            left += 1;
          },
          goodbye: (bye: object, code: number) => {
            sink.send(encodeMessage({ type: 'bye', ...bye } as never));
            sink.close(code, 'bye');
          },
        } as never;
      },
    },
    admission: StreamAdmission.create({
      clock,
      logger,
      limits: { viewers, viewersPerUser: viewers, permissionCheckMs: 60_000 },
      requirePermission: async () => undefined,
    }),
    guard: guard as Guard,
    allowedOrigins: ['http://portal.example'],
    clock,
    logger,
    signal: stopping.signal,
  });
  const server = createServer().on('upgrade', (request, socket, head) => {
    void handler.handler({
      ...{ request, socket, head },
      credentials: mockCredentials.user(),
      authProtocol: TOKEN,
    });
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const streams: TestStream[] = [];
  const open = (query = '', origin?: string) => {
    const stream = openStream(
      `ws://127.0.0.1:${port}/pipeline/stream${query}`,
      { protocols: [STREAM_PROTOCOL, TOKEN], origin },
    );
    streams.push(stream);
    return stream;
  };
  stop = async () => {
    stopping.abort();
    streams.forEach(({ socket }) => socket.terminate());
    await new Promise(resolve => server.close(resolve));
  };
  return { clock, logger, opened, resumed, open, left: () => left };
}

describe('createStreamHandler', () => {
  it('opens a viewer from the cursor, and never says the token', async () => {
    const { opened, open, left } = await startHandler();
    const { socket, closed } = open('?event=4&line=17');
    await once(socket, 'open');
    expect(opened[0].request).toMatchObject({ event: 4, line: 17 });
    expect(socket.protocol).toBe(STREAM_PROTOCOL);
    socket.close();
    await closed;
    await until(left, count => count === 1);
  });

  it('listens to a viewer that resumes, and to nothing else', async () => {
    const { resumed, open } = await startHandler();
    const { socket } = open();
    await once(socket, 'open');
    socket.send('what?');
    socket.send(Buffer.from([0, 1, 2]));
    socket.send('{"type":"resume","event":-1,"line":0}');
    socket.send('{"type":"resume","event":12,"line":340}');
    await until(
      () => resumed.length,
      count => count > 0,
    );
    expect(resumed).toEqual([{ type: 'resume', event: 12, line: 340 }]);
  });

  it('ends a viewer that says too much, or too much at once', async () => {
    const { open, clock } = await startHandler();
    const calm = open();
    await once(calm.socket, 'open');
    Array.from({ length: 30 }, () => calm.socket.send('x'));
    // They have been heard when the answer to a ping is here.
    calm.socket.ping();
    await once(calm.socket, 'pong');
    await clock.advance(10_000);
    const talker = open();
    talker.socket.once('open', () =>
      Array.from({ length: 31 }, () => talker.socket.send('x')),
    );
    expect(await talker.closed).toBe(1008);
    expect(talker.page.messages).toMatchObject([
      { type: 'bye', name: 'InputError' },
    ]);
    calm.socket.send('x');
    const shouter = open();
    shouter.socket.once('open', () => shouter.socket.send('x'.repeat(5_000)));
    expect(await shouter.closed).toBe(1009);
    expect(calm.socket.readyState).toBe(calm.socket.OPEN);
  });

  it('says why it will not: bad query, unknown run, no permission', async () => {
    const { open, opened } = await startHandler();
    const bad = open('?line=x');
    expect(await bad.closed).toBe(4400);
    expect(bad.page.messages).toMatchObject([
      {
        name: 'InputError',
        message: 'line must be a whole number, 0 or more.',
      },
    ]);
    const unknown = open('?run=nope');
    expect(await unknown.closed).toBe(4404);
    expect(unknown.page.messages).toMatchObject([
      { name: 'NotFoundError', message: 'There is no run nope.' },
    ]);
    expect(opened).toEqual([]);
  });

  it('opens nothing for those who may not', async () => {
    const { open, opened } = await startHandler({
      require: async () => {
        throw new NotAllowedError('no');
      },
    });
    expect(await open().closed).toBe(4403);
    expect(opened).toEqual([]);
  });

  it('has room for so many', async () => {
    const { open, opened, left } = await startHandler({ viewers: 1 });
    const first = open();
    await once(first.socket, 'open');
    const second = open();
    expect(await second.closed).toBe(1013);
    expect(second.page.messages).toMatchObject([
      { name: 'ServiceUnavailableError', retryAfterMs: 10_000 },
    ]);
    first.socket.close();
    await until(left, count => count === 1);
    await once(open().socket, 'open');
    expect(opened).toHaveLength(2);
  });

  it('ends with the token', async () => {
    const { clock, open } = await startHandler();
    const { socket, closed, page } = open();
    await once(socket, 'open');
    await clock.advance(TOKEN_LIFE_MS - 1);
    expect(page.messages).toEqual([]);
    await clock.advance(1);
    expect(await closed).toBe(4401);
    expect(page.messages).toMatchObject([
      { name: 'AuthenticationError', retryAfterMs: 0 },
    ]);
  });

  it('refuses a foreign page without an upgrade', async () => {
    const { open, opened } = await startHandler();
    await expect(open('', 'http://evil.example').closed).rejects.toThrow(
      'HTTP 403',
    );
    expect(opened).toEqual([]);
  });

  it('refuses with 500 when it cannot know', async () => {
    const { open, logger } = await startHandler({
      get: async () => {
        throw new Error('no database');
      },
    });
    await expect(open('?run=r1').closed).rejects.toThrow('HTTP 500');
    expect(logger.error).toHaveBeenCalledTimes(1);
  });
});
