import {
  decodeClientMessage,
  decodeServerMessage,
  encodeMessage,
} from './stream';
import type { ServerMessage } from './stream';
import { moved, runAfter } from './testing/story';

const presence = { viewers: 2, now: 1000 };

describe('messages of the server', () => {
  it.each<ServerMessage>([
    {
      type: 'snapshot',
      run: runAfter(2),
      lastLine: 3,
      firstLine: 1,
      presence,
    },
    { type: 'idle', presence },
    { type: 'switched', run: 'r2' },
    {
      type: 'event',
      run: 'r1',
      event: { ...moved('REPORT', 'running'), event: 7 },
    },
    {
      type: 'lines',
      run: 'r1',
      first: 4,
      lines: [{ task: 'driver', at: 1, text: 'ü\u2028"\\' }],
    },
    { type: 'presence', presence: { ...presence, seenAt: 999 } },
    { type: 'ended', run: 'r1', lastLine: 9 },
    { type: 'bye', name: 'restart', message: 'again', retryAfterMs: 100 },
  ])('come back as they were sent: $type', message => {
    expect(decodeServerMessage(encodeMessage(message))).toEqual(message);
  });

  it.each(['{"type":"newer"}', '{}', 'null', '7', '"snapshot"', '[]'])(
    'of a newer version are left out: %s',
    text => {
      expect(decodeServerMessage(text)).toBeUndefined();
    },
  );

  it('must be JSON', () => {
    expect(() => decodeServerMessage('{')).toThrow(SyntaxError);
  });
});

describe('messages of a viewer', () => {
  it('say where to go on', () => {
    const resume = { type: 'resume', event: 0, line: 12 } as const;
    expect(decodeClientMessage(encodeMessage(resume))).toEqual(resume);
  });

  it.each([
    '',
    '{',
    'null',
    '7',
    '[]',
    '{"type":"resume"}',
    '{"type":"resume","event":1}',
    '{"type":"resume","event":-1,"line":0}',
    '{"type":"resume","event":1.5,"line":0}',
    '{"type":"resume","event":"1","line":0}',
    '{"type":"resume","event":1,"line":1e99}',
    '{"type":"other","event":1,"line":0}',
  ])('may be anything, which is no message: %s', text => {
    expect(decodeClientMessage(text)).toBeUndefined();
  });
});
