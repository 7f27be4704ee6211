import { readEventId, readStreamQuery } from './streamQuery';

const PATH = '/api/pipeline-demo/pipeline/stream';

describe('readStreamQuery', () => {
  it('reads a cursor', () => {
    expect(readStreamQuery(`${PATH}?run=r1&event=0&line=340`)).toEqual({
      run: 'r1',
      event: 0,
      line: 340,
    });
    expect(readStreamQuery(`${PATH}?tail=50`)).toEqual({ tail: 50 });
    expect(readStreamQuery(PATH)).toEqual({});
  });

  it.each([
    ['run=', 'run must be the id of a run.'],
    [`run=${'r'.repeat(65)}`, 'run must be the id of a run.'],
    ['event=-1', 'event must be a whole number, 0 or more.'],
    ['line=1.5', 'line must be a whole number, 0 or more.'],
    ['tail=', 'tail must be a whole number, 0 or more.'],
    ['tail=9999999999999999', 'tail must be a whole number, 0 or more.'],
    [
      'evnt=1&token=x',
      'A stream knows run, event, line, tail, but not evnt, token.',
    ],
  ])('refuses %s', (query, sentence) => {
    expect(() => readStreamQuery(`${PATH}?${query}`)).toThrow(sentence);
  });
});

describe('readEventId', () => {
  it('reads what a server-sent event had as its id', () => {
    expect(readEventId('12.340')).toEqual({ event: 12, line: 340 });
  });

  it.each(['', '12', '12.', '1.2.3', 'x.y', '-1.2'])('refuses %p', id => {
    expect(() => readEventId(id)).toThrow('two numbers such as 12.340');
  });
});
