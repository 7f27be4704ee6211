import {
  CLOSE_CODES,
  encodeMessage,
} from 'backstage-plugin-pipeline-demo-common';
import type { ServerMessage } from 'backstage-plugin-pipeline-demo-common';
import { settle } from './__testUtils__/ManualClock';
import { presence, snapshot } from './__testUtils__/messages';
import { endOfClose, webSocketTransport } from './webSocketTransport';
import type { Socket } from './webSocketTransport';

class FakeSocket extends EventTarget implements Socket {
  readonly sent: string[] = [];
  closed = false;
  constructor(readonly url: string, readonly protocols: readonly string[]) {
    super();
  }
  opens() {
    this.dispatchEvent(new Event('open'));
  }
  brings(data: string) {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
  closes(code: number, reason: string) {
    this.dispatchEvent(new CloseEvent('close', { code, reason }));
  }
  send(text: string) {
    this.sent.push(text);
  }
  close() {
    this.closed = true;
  }
}

async function open(options: { readonly token?: string } = {}) {
  const sockets: FakeSocket[] = [];
  const received: ServerMessage[] = [];
  const controller = new AbortController();
  let rewind: ((line: number) => void) | undefined;
  const ended = webSocketTransport({
    baseUrl: async () => 'https://portal.example/api/pipeline-demo',
    token: async () => options.token,
    connect(url, protocols) {
      sockets.push(new FakeSocket(url, protocols));
      return sockets[sockets.length - 1];
    },
  })(
    { runId: 'r1', tail: 50, after: { run: 'r1', event: 4, line: 17 } },
    {
      signal: controller.signal,
      receive: message => received.push(message),
      alive: () => {},
      rewindable: send => {
        rewind = line => send({ type: 'resume', event: 4, line });
      },
    },
  );
  await settle();
  return {
    socket: sockets[0],
    received,
    ended,
    abort: () => controller.abort(),
    rewind: (line: number) => rewind?.(line),
  };
}

describe('webSocketTransport', () => {
  it('asks from the cursor, and hands over its token as a subprotocol', async () => {
    const { socket } = await open({ token: 'secret' });
    expect(socket.url).toBe(
      'wss://portal.example/api/pipeline-demo/pipeline/stream?event=4&line=17&run=r1',
    );
    expect(socket.url).not.toContain('secret');
    expect(socket.protocols).toEqual(['pipeline-demo.v1', 'secret']);
  });

  it('connects without a token when nobody is signed in', async () => {
    const { socket } = await open();
    expect(socket.protocols).toEqual(['pipeline-demo.v1']);
  });

  it('passes messages on, and leaves out those of a newer server', async () => {
    const { socket, received } = await open();
    socket.brings(encodeMessage(presence));
    socket.brings('{"type":"confetti"}');
    socket.brings(encodeMessage(snapshot({})));
    expect(received.map(message => message.type)).toEqual([
      'presence',
      'snapshot',
    ]);
  });

  it('can send the server back to a line as soon as it is open', async () => {
    const { socket, rewind } = await open();
    socket.opens();
    rewind(12);
    expect(socket.sent).toEqual(['{"type":"resume","event":4,"line":12}']);
  });

  it('ends when a message is not JSON', async () => {
    const { socket, ended } = await open();
    socket.brings('<html>');
    expect(await ended).toMatchObject({ type: 'lost' });
    expect(socket.closed).toBe(true);
  });

  it('ends as the close code says', async () => {
    const { socket, ended } = await open();
    socket.closes(CLOSE_CODES.forbidden, 'not yours');
    expect(await ended).toEqual({
      type: 'refused',
      name: 'NotAllowedError',
      message: 'not yours',
    });
  });

  it('closes its socket when it is aborted', async () => {
    const { socket, ended, abort } = await open();
    abort();
    expect(await ended).toMatchObject({ type: 'lost' });
    expect(socket.closed).toBe(true);
  });

  it('ends when the token cannot be had', async () => {
    const end = await webSocketTransport({
      baseUrl: async () => 'http://localhost:7007/api/pipeline-demo',
      token: async () => {
        throw new Error('signed out');
      },
      connect: () => {
        throw new Error('must not connect');
      },
    })(
      { tail: 1 },
      {
        signal: new AbortController().signal,
        receive: () => {},
        alive: () => {},
        rewindable: () => {},
      },
    );
    expect(end).toEqual({ type: 'lost', message: 'signed out' });
  });
});

describe('endOfClose', () => {
  it.each([
    [CLOSE_CODES.badRequest, { type: 'refused', name: 'InputError' }],
    [CLOSE_CODES.forbidden, { type: 'refused', name: 'NotAllowedError' }],
    [CLOSE_CODES.notFound, { type: 'refused', name: 'NotFoundError' }],
    [CLOSE_CODES.restart, { type: 'lost', retryAfterMs: 0 }],
    [CLOSE_CODES.tokenExpired, { type: 'lost', retryAfterMs: 0 }],
    [CLOSE_CODES.busy, { type: 'lost' }],
    [1006, { type: 'lost' }],
  ])('close code %d', (code, end) => {
    expect(endOfClose(code, 'why')).toEqual({ ...end, message: 'why' });
  });

  it('names the code when there is no reason', () => {
    expect(endOfClose(1006, '')).toEqual({
      type: 'lost',
      message: 'close code 1006',
    });
  });
});
