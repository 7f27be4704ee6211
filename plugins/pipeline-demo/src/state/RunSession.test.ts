import type {
  LogLine,
  RunEvent,
  ServerMessage,
} from 'backstage-plugin-pipeline-demo-common';
import {
  START_TIME,
  ended,
  event,
  lines,
  snapshot,
} from '../api/__testUtils__/messages';
import type { StreamOptions } from '../api/PipelineDemoApi';
import { RunSession } from './RunSession';

/** A session whose server is the test. */
function connected() {
  const opened: StreamOptions[] = [];
  const close = jest.fn();
  const retryNow = jest.fn();
  const readLines = jest.fn(
    async (_run: string, _range: object): Promise<readonly LogLine[]> => [],
  );
  const readEvents = jest.fn(
    async (_run: string, _after: number): Promise<readonly RunEvent[]> => [],
  );
  let now = START_TIME;
  const session = RunSession.create(
    {
      openStream(options) {
        opened.push(options);
        return { close, retryNow };
      },
      readLines,
      readEvents,
    },
    { runId: 'r1', now: () => now },
  );
  const disconnect = session.connect();
  return {
    session,
    options: opened[0],
    opened,
    close,
    retryNow,
    readLines,
    readEvents,
    disconnect,
    at(ms: number) {
      now = START_TIME + ms;
    },
    send(...messages: ServerMessage[]) {
      messages.forEach(opened[opened.length - 1].onMessage);
      jest.advanceTimersToNextFrame();
      return session.getState();
    },
  };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('RunSession', () => {
  it('folds events on the snapshot with the reducer of the server', () => {
    const { send, options } = connected();
    expect(options).toMatchObject({ runId: 'r1', tail: 20_000 });
    const state = send(
      snapshot({}),
      event(1),
      event(2, {
        type: 'TaskMoved',
        at: START_TIME,
        task: 'GENERATE:1',
        attempt: { uid: 'a', createdAt: START_TIME, phase: 'running' },
      }),
    );
    expect(state.run).toMatchObject({ phase: 'running', event: 2 });
    expect(state.run?.tasks[0].phase).toBe('running');
  });

  it('tells its listeners once per frame, with the same object until then', () => {
    const { session, send, options } = connected();
    const listener = jest.fn();
    session.subscribe(listener);
    const before = session.getState();
    options.onMessage(snapshot({}));
    options.onConnection({ type: 'live' });
    expect(session.getState()).toBe(before);
    const state = send();
    expect(listener).toHaveBeenCalledTimes(1);
    expect(state.connection).toEqual({ type: 'live' });
    expect(session.getState()).toBe(session.getState());
  });

  it('keeps everything while it is not connected', () => {
    const { send, options, session } = connected();
    send(snapshot({}), lines(1, ['a', 'b']), event(1));
    options.onConnection({ type: 'reconnecting', since: 1, retryAt: 2 });
    const state = send();
    expect(state.run?.phase).toBe('starting');
    expect(state.lastLine).toBe(2);
    expect(session.buffer.text(2)).toBe('b');
  });

  it('goes forward with a newer snapshot and never back with an older one', () => {
    const { send } = connected();
    send(snapshot({ run: { event: 5, phase: 'running' } }));
    const older = send(snapshot({ run: { event: 3, phase: 'starting' } }));
    expect(older.run?.phase).toBe('running');
    const newer = send(snapshot({ run: { event: 9, phase: 'cancelling' } }));
    expect(newer.run?.phase).toBe('cancelling');
  });

  it('finds the line of a time, and asks for what it does not know', async () => {
    const { send, session, readLines } = connected();
    send(snapshot({ firstLine: 5, lastLine: 5 }), lines(5, ['e']));
    const { at = 0 } = session.buffer.line(5) ?? {};
    readLines.mockImplementation(async (_run, range) => {
      const { from: line } = range as { readonly from: number };
      return [{ line, task: 'driver', at: at - 10 * (5 - line), text: 'x' }];
    });
    expect(await session.lineAt(at - 25)).toBe(3);
    expect(await session.lineAt(at)).toBe(5);
    expect(readLines).toHaveBeenCalledWith('r1', { from: 3, to: 3 });
  });

  it('begins anew with another run', () => {
    const { send, session } = connected();
    send(snapshot({}), lines(1, ['a']));
    const gone = send({ type: 'switched', run: 'r2' });
    expect(gone.run).toBeUndefined();
    const state = send(
      snapshot({ run: { id: 'r2' }, firstLine: 11, lastLine: 10 }),
      lines(11, ['k'], 'r2'),
    );
    expect(state.run?.id).toBe('r2');
    expect(session.buffer.text(11)).toBe('k');
    expect(session.buffer.has(1)).toBe(false);
  });

  it('measures freshness of live lines by the clock of the server', () => {
    const { send, at } = connected();
    at(-500);
    send(snapshot({ lastLine: 1 }));
    at(-460);
    expect(send(lines(1, ['history'])).freshness).toBeUndefined();
    expect(send(lines(2, ['live'])).freshness).toEqual({
      p50Ms: 40,
      p99Ms: 40,
    });
    expect(send().clockOffsetMs).toBe(500);
  });

  it('counts no line as missing while they come without a hole', () => {
    const { send } = connected();
    const state = send(snapshot({}), lines(1, ['a', 'b']), ended(2));
    expect(state.missing).toBe(0);
  });

  it('counts lines that were passed over, and those that never came', () => {
    const { send, session } = connected();
    expect(send(snapshot({}), lines(1, ['a']), lines(4, ['d'])).missing).toBe(
      2,
    );
    expect(session.buffer.text(4)).toBe('d');
    expect(send(ended(6)).missing).toBe(4);
  });

  it('knows who watches and when the engine was seen', () => {
    const { send } = connected();
    const { presence } = send({
      type: 'presence',
      presence: { viewers: 7, seenAt: 5, now: START_TIME },
    });
    expect(presence).toMatchObject({ viewers: 7, seenAt: 5 });
  });

  it('reads older lines one request at a time, and asks again after a failure', async () => {
    const { send, session, readLines } = connected();
    send(snapshot({ firstLine: 101, lastLine: 100 }));
    readLines.mockRejectedValueOnce(new Error('offline'));
    session.read({ from: 1, to: 100 });
    session.read({ from: 1, to: 100 });
    expect(readLines).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(2_000);
    readLines.mockResolvedValueOnce([
      { line: 100, task: 'REPORT', at: 1, text: 'old' },
    ]);
    session.read({ from: 1, to: 100 });
    await jest.advanceTimersByTimeAsync(20);
    expect(readLines).toHaveBeenCalledTimes(2);
    expect(session.buffer.text(100)).toBe('old');
  });

  it('does not put lines of a run that is gone into the next one', async () => {
    const { send, session, readLines } = connected();
    send(snapshot({ firstLine: 3, lastLine: 2 }));
    readLines.mockResolvedValueOnce([
      { line: 1, task: 'REPORT', at: 1, text: 'of r1' },
    ]);
    session.read({ from: 1, to: 2 });
    send(snapshot({ run: { id: 'r2' }, firstLine: 3, lastLine: 2 }));
    await jest.advanceTimersByTimeAsync(20);
    expect(session.buffer.has(1)).toBe(false);
  });

  it('closes its stream, and can be connected again', () => {
    const { session, disconnect, close, opened, send, retryNow } = connected();
    send(snapshot({}));
    session.getState().retryNow();
    expect(retryNow).toHaveBeenCalledTimes(1);
    disconnect();
    expect(close).toHaveBeenCalledTimes(1);
    expect(jest.getTimerCount()).toBe(0);
    session.connect();
    expect(opened).toHaveLength(2);
    expect(send(snapshot({}), lines(1, ['a'])).lastLine).toBe(1);
  });
});
