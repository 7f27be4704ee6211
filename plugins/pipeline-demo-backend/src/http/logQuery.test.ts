import { readLogQuery } from './logQuery';

describe('readLogQuery', () => {
  it('takes nothing for the whole log as text', () => {
    expect(readLogQuery({}, undefined)).toEqual({
      type: 'download',
      range: { from: 1 },
      search: undefined,
      format: 'text',
      attachment: false,
    });
  });

  it.each([
    [{}, 'application/x-ndjson', 'ndjson'],
    [{}, '*/*', 'text'],
    [{ format: 'ndjson' }, 'text/plain', 'ndjson'],
    [{ format: 'text' }, 'application/x-ndjson', 'text'],
  ])('with %p and Accept %p it is %s', (query, accept, format) => {
    expect(readLogQuery(query, accept)).toMatchObject({ format });
  });

  it('reads a range of two tasks to save', () => {
    expect(
      readLogQuery(
        { from: 3, to: 9, task: ['ANALYZE:12', 'driver'], download: true },
        undefined,
      ),
    ).toMatchObject({
      range: { from: 3, to: 9, tasks: new Set(['ANALYZE:12', 'driver']) },
      attachment: true,
    });
  });

  it('goes on from the cursor of a search', () => {
    expect(
      readLogQuery({ search: 'x', from: 5, cursor: 40 }, undefined),
    ).toEqual({
      type: 'search',
      range: { from: 40 },
      search: { text: 'x', syntax: 'plain', letterCase: 'insensitive' },
      limit: 100,
    });
    expect(
      readLogQuery(
        { search: 'x', regex: true, caseSensitive: true, limit: 3 },
        undefined,
      ),
    ).toMatchObject({
      search: { syntax: 'regex', letterCase: 'sensitive' },
      limit: 3,
    });
  });

  it.each([
    { search: 'x', format: 'ndjson', regex: true, from: 4 },
    { search: 'x', download: true, regex: true, from: 4 },
  ])('takes %p for the lines that match', query => {
    expect(readLogQuery(query, undefined)).toMatchObject({
      type: 'download',
      range: { from: 4 },
      search: { text: 'x', syntax: 'regex', letterCase: 'insensitive' },
      format: query.format ?? 'text',
      attachment: query.download ?? false,
    });
  });

  it.each([
    [
      { search: 'x', format: 'text', cursor: 4 },
      'cursor belongs to a search that answers with matches',
    ],
    [{ from: 9, to: 3 }, 'from is 9 and to is 3'],
    [{ regex: true }, 'belong to a search'],
    [{ caseSensitive: true }, 'belong to a search'],
    [{ cursor: 4 }, 'belong to a search'],
    [{ task: ['generate:1'] }, 'task must be GENERATE:1 to GENERATE:12'],
    [{ task: ['GENERATE:13'] }, 'not GENERATE:13.'],
    [{ task: ['GENERATE:0'] }, 'not GENERATE:0.'],
    [{ task: ['REPORT', 'REPORT:1'] }, 'not REPORT:1.'],
  ])('refuses %p', (query, sentence) => {
    expect(() => readLogQuery(query, undefined)).toThrow(sentence);
  });
});
