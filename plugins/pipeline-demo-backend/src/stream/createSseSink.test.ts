import {
  encodeMessage,
  newRun,
  type ServerMessage,
} from 'backstage-plugin-pipeline-demo-common';
import { PassThrough } from 'node:stream';
import type { ServerResponse } from 'node:http';
import { sampleSpec } from '../testing/sampleRuns';
import { createFrameReader, createSseSink } from './createSseSink';

const presence = { viewers: 1, now: 0 };
const run = { ...newRun(sampleSpec({ id: 'r1' })), event: 4 };
const wire = (text: string) => ({ task: 'driver', at: 0, text });

function world() {
  const out = new PassThrough();
  const sink = createSseSink(
    out as unknown as ServerResponse,
    createFrameReader(),
  );
  const send = (message: ServerMessage) => sink.send(encodeMessage(message));
  const heads = () =>
    String(out.read() ?? '')
      .split('\n\n')
      .filter(Boolean)
      .map(block => block.split('\n').slice(0, 2).join(' '));
  return { out, sink, send, heads };
}

describe('createSseSink', () => {
  it('gives each message its type, and the cursor after it', () => {
    const { send, heads } = world();
    send({ type: 'snapshot', run, lastLine: 9, firstLine: 7, presence });
    send({ type: 'lines', run: 'r1', first: 7, lines: [wire('a'), wire('b')] });
    send({
      type: 'event',
      run: 'r1',
      event: { event: 5, type: 'Launched', at: 0 },
    });
    send({ type: 'presence', presence });
    send({ type: 'lines', run: 'r1', first: 9, lines: [wire('c')] });
    send({ type: 'ended', run: 'r1', lastLine: 9 });
    expect(heads()).toEqual([
      'id: 4.6 event: snapshot',
      'id: 4.8 event: lines',
      'id: 5.8 event: event',
      'id: 5.8 event: presence',
      'id: 5.9 event: lines',
      'id: 5.9 event: ended',
    ]);
  });

  it('sends the frame as it is', () => {
    const { out, sink } = world();
    const frame = encodeMessage({ type: 'ended', run: 'r\n1', lastLine: 0 });
    sink.send(frame);
    expect(String(out.read())).toBe(
      `id: 0.0\nevent: ended\ndata: ${frame}\n\n`,
    );
  });

  it('says how much has not left, and takes nothing after its end', () => {
    const { out, sink, send } = world();
    expect(sink.buffered()).toBe(0);
    while (!out.writableNeedDrain) {
      send({ type: 'presence', presence });
    }
    expect(sink.buffered()).toBe(out.writableLength);
    sink.close(1000, 'ended');
    expect(out.writableEnded).toBe(true);
    send({ type: 'presence', presence });
  });
});

describe('createFrameReader', () => {
  it('reads a frame once for all its viewers', () => {
    const parse = jest.spyOn(JSON, 'parse');
    const read = createFrameReader();
    const frame = encodeMessage({ type: 'presence', presence });
    const messages = [read(frame), read(frame), read(frame)];
    expect(parse).toHaveBeenCalledTimes(1);
    parse.mockRestore();
    expect(messages).toEqual(
      Array.from({ length: 3 }, () => ({ type: 'presence', presence })),
    );
  });
});
