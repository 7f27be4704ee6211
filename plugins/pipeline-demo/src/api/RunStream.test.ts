import type { ServerMessage } from 'backstage-plugin-pipeline-demo-common';
import { FakeTransport } from './__testUtils__/FakeTransport';
import { ManualClock, settle } from './__testUtils__/ManualClock';
import {
  ended,
  event,
  lines,
  presence,
  snapshot,
} from './__testUtils__/messages';
import type { Connection } from './PipelineDemoApi';
import { RunStream } from './RunStream';

const LOST = { type: 'lost', message: 'gone' } as const;

async function open(options: { readonly runId?: string } = { runId: 'r1' }) {
  const clock = new ManualClock();
  const webSocket = new FakeTransport({ rewindable: true });
  const sse = new FakeTransport({ rewindable: false });
  const poll = new FakeTransport({ rewindable: false });
  const messages: ServerMessage[] = [];
  const connections: Connection[] = [];
  const stream = RunStream.open(
    {
      ...options,
      tail: 100,
      onMessage: message => messages.push(message),
      onConnection: connection => connections.push(connection),
    },
    {
      clock,
      transports: {
        webSocket: webSocket.transport,
        sse: sse.transport,
        poll: poll.transport,
      },
    },
  );
  await settle();
  return {
    clock,
    webSocket,
    sse,
    poll,
    stream,
    connection: () => connections[connections.length - 1],
    types: () => messages.map(message => message.type),
    texts: () =>
      messages.flatMap(message =>
        message.type === 'lines' ? message.lines.map(line => line.text) : [],
      ),
  };
}

describe('RunStream on one connection', () => {
  it('begins with the tail and is live with the first message', async () => {
    const { webSocket, connection, types } = await open();
    expect(connection()).toEqual({ type: 'connecting' });
    expect(webSocket.latest.request).toEqual({ runId: 'r1', tail: 100 });
    webSocket.latest.send(snapshot({}), lines(1, ['a']), event(1));
    expect(connection()).toEqual({ type: 'live' });
    expect(types()).toEqual(['snapshot', 'lines', 'event']);
  });

  it('says how many lines are on their way when they are many', async () => {
    const { webSocket, connection } = await open();
    webSocket.latest.send(snapshot({ lastLine: 3_200 }));
    expect(connection()).toEqual({ type: 'catchingUp', lines: 3_200 });
    webSocket.latest.send(lines(1, new Array(3_000).fill('x')));
    expect(connection()).toEqual({ type: 'live' });
  });

  it('drops what it has already, also a part of a message', async () => {
    const { webSocket, texts, types } = await open();
    webSocket.latest.send(
      snapshot({}),
      lines(1, ['a', 'b']),
      lines(1, ['a', 'b']),
      lines(2, ['b', 'c']),
      event(1),
      event(1),
    );
    expect(texts()).toEqual(['a', 'b', 'c']);
    expect(types().filter(type => type === 'event')).toHaveLength(1);
  });

  it('never shows what is behind a hole: it asks from its cursor', async () => {
    const { webSocket, texts } = await open();
    const { latest } = webSocket;
    latest.send(
      snapshot({}),
      lines(1, ['a']),
      lines(3, ['c']),
      lines(4, ['d']),
    );
    expect(texts()).toEqual(['a']);
    expect(latest.sent).toEqual([{ type: 'resume', event: 0, line: 1 }]);
    latest.send(lines(2, ['b', 'c', 'd']));
    expect(texts()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('asks again when events have a hole', async () => {
    const { webSocket, types } = await open();
    webSocket.latest.send(snapshot({}), event(2));
    expect(types()).toEqual(['snapshot']);
    expect(webSocket.latest.sent).toEqual([
      { type: 'resume', event: 0, line: 0 },
    ]);
  });

  it('connects anew when a hole is not filled in time', async () => {
    const { clock, webSocket } = await open();
    webSocket.latest.send(snapshot({}), lines(1, ['a']), lines(9, ['?']));
    await clock.advance(5_000);
    await clock.advance(500);
    expect(webSocket.connections).toHaveLength(2);
    expect(webSocket.latest.request.after).toEqual({
      run: 'r1',
      event: 0,
      line: 1,
    });
  });

  it('drops late messages of another run', async () => {
    const { webSocket, texts } = await open({});
    webSocket.latest.send(
      snapshot({}),
      lines(1, ['a']),
      { type: 'switched', run: 'r2' },
      lines(2, ['late']),
      snapshot({ run: { id: 'r2' } }),
      lines(2, ['late']),
      lines(1, ['new'], 'r2'),
    );
    expect(texts()).toEqual(['a', 'new']);
  });
});

describe('RunStream when a connection ends', () => {
  it('comes back from its cursor and says since when it was away', async () => {
    const { clock, webSocket, connection, texts } = await open();
    webSocket.latest.send(snapshot({}), lines(1, ['a', 'b']), event(1));
    webSocket.latest.end(LOST);
    await settle();
    const lostAt = clock.now();
    expect(connection()).toEqual({
      type: 'reconnecting',
      since: lostAt,
      retryAt: lostAt + 250,
    });
    await clock.advance(250);
    expect(webSocket.latest.request.after).toEqual({
      run: 'r1',
      event: 1,
      line: 2,
    });
    webSocket.latest.send(
      snapshot({ run: { event: 1 }, firstLine: 3, lastLine: 3 }),
      lines(3, ['c']),
    );
    expect(connection()).toEqual({ type: 'live' });
    expect(texts()).toEqual(['a', 'b', 'c']);
  });

  it('waits longer each time, and shortly again after a good message', async () => {
    const { clock, webSocket, sse, poll, connection } = await open();
    webSocket.mode = sse.mode = poll.mode = 'fail';
    webSocket.latest.end(LOST);
    const delays: number[] = [];
    for (let failure = 0; failure < 7; failure += 1) {
      await settle();
      const now = connection();
      const delay = now.type === 'reconnecting' ? now.retryAt - clock.now() : 0;
      delays.push(delay);
      await clock.advance(delay);
    }
    expect(delays).toEqual([250, 500, 1000, 2000, 4000, 7500, 7500]);
    webSocket.mode = 'open';
    await clock.advance(7_500);
    webSocket.latest.send(snapshot({}));
    webSocket.latest.end(LOST);
    await settle();
    expect(connection()).toMatchObject({ retryAt: clock.now() + 250 });
  });

  it('ends a connection on which nothing is heard for 15 s', async () => {
    const { clock, webSocket, connection } = await open();
    webSocket.latest.send(snapshot({}));
    await clock.advance(14_000);
    webSocket.latest.send(presence);
    await clock.advance(14_900);
    expect(connection()).toEqual({ type: 'live' });
    await clock.advance(100);
    expect(webSocket.connections[0].link.signal.aborted).toBe(true);
    expect(connection()).toMatchObject({ type: 'reconnecting' });
  });

  it('gives a connection 8 s for its first message', async () => {
    const { clock, webSocket } = await open();
    await clock.advance(7_999);
    expect(webSocket.latest.link.signal.aborted).toBe(false);
    await clock.advance(1);
    expect(webSocket.latest.link.signal.aborted).toBe(true);
  });

  it('is finished when the run has ended and all of it is here', async () => {
    const { clock, webSocket, connection, types } = await open();
    webSocket.latest.send(snapshot({}), lines(1, ['a']), ended(1));
    await settle();
    expect(connection()).toEqual({ type: 'finished' });
    expect(types()).toEqual(['snapshot', 'lines', 'ended']);
    await clock.advance(60_000);
    expect(webSocket.connections).toHaveLength(1);
    expect(clock.sleeping).toBe(0);
  });

  it('is not finished when lines of an ended run are missing', async () => {
    const { webSocket, connection } = await open();
    webSocket.latest.send(snapshot({}), lines(1, ['a']), ended(3));
    await settle();
    expect(connection()).not.toEqual({ type: 'finished' });
    expect(webSocket.latest.sent).toEqual([
      { type: 'resume', event: 0, line: 1 },
    ]);
    webSocket.latest.send(lines(2, ['b', 'c']), ended(3));
    await settle();
    expect(connection()).toEqual({ type: 'finished' });
  });

  it('does not come back when it was refused, unless it is asked to', async () => {
    const { clock, webSocket, stream, connection } = await open();
    const refused = {
      type: 'refused',
      name: 'NotFoundError',
      message: 'No run r1',
    } as const;
    webSocket.latest.end(refused);
    await clock.advance(600_000);
    expect(connection()).toEqual(refused);
    expect(webSocket.connections).toHaveLength(1);
    stream.retryNow();
    await settle();
    expect(webSocket.connections).toHaveLength(2);
  });

  it('keeps to the time that a goodbye names', async () => {
    const { clock, webSocket, connection } = await open();
    webSocket.latest.send(snapshot({}), {
      type: 'bye',
      name: 'ServiceUnavailableError',
      message: 'too many viewers',
      retryAfterMs: 9_000,
    });
    webSocket.latest.end(LOST);
    await settle();
    expect(connection()).toMatchObject({ retryAt: clock.now() + 9_250 });
  });

  it('takes a goodbye without a time as a refusal', async () => {
    const { webSocket, connection } = await open();
    webSocket.latest.send({
      type: 'bye',
      name: 'NotAllowedError',
      message: 'no right to see runs',
    });
    webSocket.latest.end(LOST);
    await settle();
    expect(connection()).toEqual({
      type: 'refused',
      name: 'NotAllowedError',
      message: 'no right to see runs',
    });
  });

  it('goes on after the end of a run when it follows whatever is active', async () => {
    const { webSocket, connection, texts } = await open({});
    webSocket.latest.send(snapshot({}), lines(1, ['a']), ended(1));
    expect(connection()).toEqual({ type: 'live' });
    webSocket.latest.send(
      { type: 'switched', run: 'r2' },
      snapshot({ run: { id: 'r2' } }),
      lines(1, ['b'], 'r2'),
    );
    expect(texts()).toEqual(['a', 'b']);
  });

  it('does not wait when it is asked to try now', async () => {
    const { webSocket, stream } = await open();
    webSocket.latest.end(LOST);
    await settle();
    expect(webSocket.connections).toHaveLength(1);
    stream.retryNow();
    await settle();
    expect(webSocket.connections).toHaveLength(2);
  });

  it('leaves nothing behind when it is closed', async () => {
    const { clock, webSocket, stream, connection } = await open();
    webSocket.latest.send(snapshot({}));
    stream.close();
    await settle();
    expect(webSocket.latest.link.signal.aborted).toBe(true);
    expect(clock.sleeping).toBe(0);
    await clock.advance(60_000);
    expect(webSocket.connections).toHaveLength(1);
    expect(connection()).toEqual({ type: 'live' });
  });
});

describe('RunStream on the ladder', () => {
  it('tries three WebSockets, then two event streams, then polls', async () => {
    const { clock, webSocket, sse, poll, connection } = await open();
    webSocket.mode = sse.mode = 'fail';
    webSocket.latest.end(LOST);
    await clock.advance(8_000);
    expect(webSocket.connections).toHaveLength(3);
    expect(sse.connections).toHaveLength(2);
    expect(poll.connections).toHaveLength(1);
    poll.latest.send(snapshot({}));
    expect(connection()).toEqual({ type: 'polling' });
  });

  it('takes its cursor along', async () => {
    const { clock, webSocket, sse, texts, connection } = await open();
    webSocket.latest.send(snapshot({}), lines(1, ['a', 'b']));
    webSocket.mode = 'fail';
    webSocket.latest.end(LOST);
    await clock.advance(2_000);
    expect(sse.latest.request.after).toEqual({ run: 'r1', event: 0, line: 2 });
    sse.latest.send(snapshot({ firstLine: 3 }), lines(3, ['c']));
    expect(texts()).toEqual(['a', 'b', 'c']);
    expect(connection()).toEqual({ type: 'live' });
  });

  it('begins again at the top when the lowest rung fails', async () => {
    const { clock, webSocket, sse, poll } = await open();
    webSocket.mode = sse.mode = poll.mode = 'fail';
    webSocket.latest.end(LOST);
    await clock.advance(30_000);
    expect(webSocket.connections.length).toBeGreaterThan(3);
  });

  it('connects anew for a hole where nothing can be sent', async () => {
    const { clock, webSocket, sse } = await open();
    webSocket.mode = 'fail';
    webSocket.latest.end(LOST);
    await clock.advance(2_000);
    sse.latest.send(snapshot({}), lines(1, ['a']), lines(3, ['c']));
    await clock.advance(250);
    expect(sse.connections).toHaveLength(2);
    expect(sse.latest.request.after).toMatchObject({ line: 1 });
  });

  it('climbs back when WebSockets work again, and keeps what it has until then', async () => {
    const { clock, webSocket, sse, texts, connection } = await open();
    webSocket.mode = 'fail';
    webSocket.latest.end(LOST);
    await clock.advance(2_000);
    const tried = webSocket.connections.length;
    sse.latest.send(snapshot({}), lines(1, ['a']));
    await clock.advance(5_000);
    expect(webSocket.connections).toHaveLength(tried + 1);
    expect(sse.latest.link.signal.aborted).toBe(false);

    webSocket.mode = 'open';
    sse.latest.send(presence);
    await clock.advance(10_000);
    const probe = webSocket.latest;
    expect(connection()).toEqual({ type: 'live' });
    probe.send(snapshot({ firstLine: 2, lastLine: 1 }));
    await settle();
    expect(probe.link.signal.aborted).toBe(true);
    expect(sse.latest.link.signal.aborted).toBe(true);
    expect(webSocket.latest).not.toBe(probe);
    webSocket.latest.send(snapshot({ firstLine: 2 }), lines(2, ['b']));
    expect(texts()).toEqual(['a', 'b']);
    expect(connection()).toEqual({ type: 'live' });
  });
});
