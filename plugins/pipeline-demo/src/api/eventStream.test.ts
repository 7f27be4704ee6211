import { eventStream } from './eventStream';

const STREAM =
  ': hello\n\nid: 1.2\nevent: event\ndata: {"a":1}\n\ndata: one\ndata:two\n\nid: 3\n\n';

describe('eventStream', () => {
  it('gives the data of each event, and nothing for comments and ids', () => {
    expect(eventStream()(STREAM)).toEqual(['{"a":1}', 'one\ntwo']);
  });

  it('gives the same however the text is cut', () => {
    for (let size = 1; size < STREAM.length; size += 1) {
      const push = eventStream();
      const events: string[] = [];
      for (let at = 0; at < STREAM.length; at += size) {
        events.push(...push(STREAM.slice(at, at + size)));
      }
      expect(events).toEqual(['{"a":1}', 'one\ntwo']);
    }
  });

  it('takes lines that end with CR LF, cut between the two', () => {
    const push = eventStream();
    expect([...push('data: x\r'), ...push('\n\r'), ...push('\n')]).toEqual([
      'x',
    ]);
  });
});
