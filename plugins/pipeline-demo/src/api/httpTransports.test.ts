import { ResponseError } from '@backstage/errors';
import { encodeMessage } from 'backstage-plugin-pipeline-demo-common';
import type { ServerMessage } from 'backstage-plugin-pipeline-demo-common';
import { ManualClock, settle } from './__testUtils__/ManualClock';
import { aRun, lines, presence, snapshot } from './__testUtils__/messages';
import { followActive, pollTransport, sseTransport } from './httpTransports';
import type { StreamLink, Transport } from './Transport';

function aLink() {
  const received: ServerMessage[] = [];
  const controller = new AbortController();
  let heard = 0;
  const link: StreamLink = {
    signal: controller.signal,
    receive: message => received.push(message),
    alive: () => {
      heard += 1;
    },
    rewindable: () => {},
  };
  return {
    link,
    received,
    abort: () => controller.abort(),
    heard: () => heard,
  };
}

async function refusal(status: number, name: string) {
  return await ResponseError.fromResponse(
    new Response(
      JSON.stringify({
        error: { name, message: 'no' },
        response: { statusCode: status },
      }),
      { status, headers: { 'Content-Type': 'application/json' } },
    ),
  );
}

describe('sseTransport', () => {
  it('reads the messages of an event stream from a cursor', async () => {
    const asked: unknown[] = [];
    const { link, received } = aLink();
    const body = [presence, snapshot({}), lines(1, ['ä'])]
      .map(message => `id: 0.0\ndata: ${encodeMessage(message)}\n\n`)
      .join('');
    const end = await sseTransport(async (path, { accept }) => {
      asked.push([path, accept]);
      return new Response(body);
    })({ runId: 'r1', tail: 9, after: { run: 'r1', event: 3, line: 8 } }, link);
    expect(asked).toEqual([
      ['/demo/runs/r1/events?event=3&line=8', 'text/event-stream'],
    ]);
    expect(received.map(message => message.type)).toEqual([
      'presence',
      'snapshot',
      'lines',
    ]);
    expect(end).toMatchObject({ type: 'lost' });
  });

  it.each([
    [403, 'NotAllowedError'],
    [404, 'NotFoundError'],
    [401, 'AuthenticationError'],
  ])('is refused with status %d', async (status, name) => {
    const error = await refusal(status, name);
    const end = await sseTransport(() => Promise.reject(error))(
      { runId: 'r1', tail: 1 },
      aLink().link,
    );
    expect(end).toEqual({ type: 'refused', name, message: 'no' });
  });

  it('is lost, and not refused, when the server is in trouble', async () => {
    const error = await refusal(503, 'ServiceUnavailableError');
    const end = await sseTransport(() => Promise.reject(error))(
      { runId: 'r1', tail: 1 },
      aLink().link,
    );
    expect(end).toMatchObject({ type: 'lost' });
  });
});

describe('pollTransport', () => {
  const page = (over: object) =>
    new Response(
      JSON.stringify({
        events: [],
        lines: [],
        firstLine: 1,
        lastLine: 0,
        cursor: { run: 'r1', event: 0, line: 0 },
        complete: false,
        ...over,
      }),
    );

  it('asks page by page, and waits when there is nothing more', async () => {
    const clock = new ManualClock();
    const { link, received, abort } = aLink();
    const asked: string[] = [];
    const line = (text: string) => ({ task: 'REPORT', at: 1, text });
    const pages = [
      page({
        run: aRun(),
        lines: [line('a')],
        lastLine: 2,
        cursor: { run: 'r1', event: 0, line: 1 },
      }),
      page({
        lines: [line('b')],
        firstLine: 2,
        lastLine: 2,
        cursor: { run: 'r1', event: 0, line: 2 },
      }),
      page({
        events: [{ event: 1, type: 'NothingLeft', at: 1 }],
        firstLine: 3,
        lastLine: 2,
        cursor: { run: 'r1', event: 1, line: 2 },
        complete: true,
      }),
    ];
    const ended = pollTransport(async path => {
      asked.push(path);
      return pages[asked.length - 1];
    }, clock)({ runId: 'r1', tail: 40 }, link);
    await settle();
    await clock.advance(1_999);
    expect(asked).toEqual([
      '/demo/runs/r1/events?tail=40',
      '/demo/runs/r1/events?event=0&line=1',
    ]);
    await clock.advance(1);
    expect(asked[2]).toBe('/demo/runs/r1/events?event=0&line=2');
    await settle();
    expect(received).toMatchObject([
      { type: 'snapshot', firstLine: 1, lastLine: 2 },
      { type: 'lines', first: 1 },
      { type: 'lines', first: 2 },
      { type: 'event', event: { event: 1 } },
      { type: 'ended', lastLine: 2 },
    ]);
    abort();
    await ended;
    expect(clock.sleeping).toBe(0);
  });
});

describe('followActive', () => {
  it('asks which run is active, and again after its end', async () => {
    const clock = new ManualClock();
    const { link, received, abort } = aLink();
    const active: (string | null)[] = [null, 'r1', 'r1', 'r2'];
    const opened: (string | undefined)[] = [];
    const transport: Transport = async ({ runId = '' }, inner) => {
      opened.push(runId);
      inner.receive({ type: 'ended', run: runId, lastLine: 0 });
      return { type: 'lost', message: 'end of the stream' };
    };
    const ended = followActive(
      transport,
      async () => active.shift() ?? null,
      clock,
    )({ tail: 1 }, link);
    await clock.advance(9_000);
    expect(opened).toEqual(['r1', 'r2']);
    expect(received).toHaveLength(2);
    abort();
    await ended;
  });

  it('comes back to the ladder when the connection to the active run is lost', async () => {
    const end = await followActive(
      async () => ({ type: 'lost', message: 'reset' }),
      async () => 'r1',
      new ManualClock(),
    )({ tail: 1 }, aLink().link);
    expect(end).toEqual({ type: 'lost', message: 'reset' });
  });

  it('does not ask when the run is named', async () => {
    const asked = jest.fn();
    const end = await followActive(
      async ({ runId }) => ({ type: 'lost', message: `of ${runId}` }),
      asked,
      new ManualClock(),
    )({ runId: 'r9', tail: 1 }, aLink().link);
    expect(end).toMatchObject({ message: 'of r9' });
    expect(asked).not.toHaveBeenCalled();
  });
});
