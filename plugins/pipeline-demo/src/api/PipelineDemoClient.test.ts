import { ResponseError } from '@backstage/errors';
import { PipelineDemoClient } from './PipelineDemoClient';

const BASE = 'http://localhost:7007/api/pipeline-demo';

function clientWith(answer: () => Response) {
  const fetch = jest.fn(async (_url: unknown, _init?: RequestInit) => answer());
  const client = new PipelineDemoClient({
    discoveryApi: { getBaseUrl: async () => BASE },
    fetchApi: { fetch },
    identityApi: {
      getCredentials: async () => ({ token: 'secret' }),
      getBackstageIdentity: () => Promise.reject(new Error('not used')),
      getProfileInfo: () => Promise.reject(new Error('not used')),
      signOut: () => Promise.reject(new Error('not used')),
    },
  });
  return { client, fetch };
}

const json = (value: unknown) => () => new Response(JSON.stringify(value));

describe('PipelineDemoClient', () => {
  it('starts a run with its idempotency key as a header', async () => {
    const { client, fetch } = clientWith(json({ attached: false }));
    await client.startRun({
      batchCount: 3,
      idempotencyKey: 'k1',
      entityRef: 'component:default/demo',
    });
    expect(fetch).toHaveBeenCalledWith(`${BASE}/demo/run`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'k1' },
      body: '{"batchCount":3,"entityRef":"component:default/demo"}',
    });
  });

  it('asks for history with what is given', async () => {
    const { client, fetch } = clientWith(json({ items: [] }));
    await client.history({ limit: 20, phase: undefined, cursor: 'a b' });
    expect(fetch.mock.calls[0][0]).toBe(
      `${BASE}/demo/history?limit=20&cursor=a+b`,
    );
  });

  it('cancels one run and no other', async () => {
    const { client, fetch } = clientWith(json({ id: 'r1' }));
    expect(await client.cancelRun('r1')).toEqual({ id: 'r1' });
    expect(fetch).toHaveBeenCalledWith(`${BASE}/demo/runs/r1`, {
      method: 'DELETE',
    });
  });

  it('breaks one task', async () => {
    const { client, fetch } = clientWith(json({ id: 'r1' }));
    expect(await client.breakTask('r1', 'ANALYZE:3')).toEqual({ id: 'r1' });
    expect(fetch).toHaveBeenCalledWith(
      `${BASE}/demo/runs/r1/tasks/ANALYZE%3A3/break`,
      { method: 'POST' },
    );
  });

  it('reads lines, with their times in milliseconds', async () => {
    const { client, fetch } = clientWith(
      () =>
        new Response(
          '{"line":7,"task":"REPORT","at":"2026-11-24T14:02:41.120Z","text":"x"}\n' +
            '{"line":8,"task":"driver","at":"2026-11-24T14:02:41.121Z","text":"y","cut":9}\n',
        ),
    );
    const at = Date.UTC(2026, 10, 24, 14, 2, 41, 120);
    expect(await client.readLines('r1', { from: 7, to: 8 })).toEqual([
      { line: 7, task: 'REPORT', at, text: 'x' },
      { line: 8, task: 'driver', at: at + 1, text: 'y', cut: 9 },
    ]);
    expect(fetch.mock.calls[0][0]).toBe(
      `${BASE}/demo/runs/r1/logs?format=ndjson&from=7&to=8`,
    );
  });

  it('reads events after a number, without lines', async () => {
    const events = [{ event: 8, type: 'NothingLeft', at: 1 }];
    const { client, fetch } = clientWith(json({ events, lines: [] }));
    expect(await client.readEvents('r1', 7)).toEqual(events);
    expect(fetch).toHaveBeenCalledWith(
      `${BASE}/demo/runs/r1/events?event=7&tail=0`,
      { headers: { Accept: 'application/json' } },
    );
  });

  it('downloads the log, or what is wanted of it', async () => {
    const { client, fetch } = clientWith(() => new Response('log'));
    const blob = await client.downloadLog('r1', { format: 'text' });
    expect(blob.size).toBe(3);
    await client.downloadLog('r1', {
      format: 'ndjson',
      tasks: ['ANALYZE:2', 'driver'],
      search: { text: 'a b', regex: true, caseSensitive: false },
    });
    expect(fetch.mock.calls.map(([url]) => url)).toEqual([
      `${BASE}/demo/runs/r1/logs?format=text`,
      `${BASE}/demo/runs/r1/logs?format=ndjson&search=a+b&regex=true&caseSensitive=false&task=ANALYZE%3A2&task=driver`,
    ]);
  });

  it('searches the log where it is stored, a part at a time', async () => {
    const { client, fetch } = clientWith(() =>
      Response.json({
        matches: [{ line: 12 }, { line: 15 }],
        scannedFrom: 10,
        scannedTo: 19,
        cursor: 20,
        done: false,
      }),
    );
    const request = {
      text: 'a b',
      regex: false,
      caseSensitive: true,
      from: 10,
      to: 99,
      tasks: ['ANALYZE:2', 'driver'],
    };
    const { signal } = new AbortController();
    expect(await client.searchLog('r1', request, signal)).toEqual({
      lines: [12, 15],
      next: 20,
    });
    expect(fetch.mock.calls[0][0]).toBe(
      `${BASE}/demo/runs/r1/logs?search=a+b&regex=false&caseSensitive=true&cursor=10&to=99&limit=1000&task=ANALYZE%3A2&task=driver`,
    );
  });

  it('rejects with the error of the server', async () => {
    const { client } = clientWith(
      () =>
        new Response(
          JSON.stringify({
            error: { name: 'ConflictError', message: 'Run r1 is active' },
            response: { statusCode: 409 },
          }),
          {
            status: 409,
            headers: { 'Content-Type': 'application/json' },
          },
        ),
    );
    const error = await client.getRun('r1').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ResponseError);
    expect((error as ResponseError).body.error).toMatchObject({
      name: 'ConflictError',
      message: 'Run r1 is active',
    });
  });
});
