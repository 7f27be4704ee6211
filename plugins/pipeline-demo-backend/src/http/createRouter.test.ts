import { createAsk } from '../__testUtils__/createAsk';
import {
  startTestPortal,
  type TestPortal,
} from '../__testUtils__/startTestPortal';

jest.setTimeout(60_000);

let portal: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal({});
});
afterAll(() => portal.stop());

const ask = createAsk(() => portal.url);

describe('before the first run', () => {
  it('there is nothing, and it says so', async () => {
    expect((await ask('GET', '/demo/status')).body).toMatchObject({
      active: false,
      run: null,
    });
    expect((await ask('GET', '/demo/active')).body).toEqual({
      active: false,
      runId: null,
    });
    expect((await ask('GET', '/demo/history')).body).toEqual({ items: [] });
    expect(await ask('DELETE', '/demo/cancel')).toMatchObject({
      status: 404,
      body: { error: { reason: 'no-active-run' } },
    });
  });

  it('is healthy, also to those without a token', async () => {
    for (const path of ['/health', '/healthz'] as const) {
      expect(await ask('GET', path)).toMatchObject({
        status: 200,
        body: { status: 'ok' },
      });
    }
  });

  it('shows its document, with the paths of this server', async () => {
    const { body } = await ask('GET', '/openapi.json');
    expect(Object.keys(body.paths)).toContain(
      '/api/pipeline-demo/demo/runs/{runId}/logs',
    );
  });

  it('looks at what runs stand on', async () => {
    const { status, body } = await ask('GET', '/demo/check');
    expect(status).toBe(200);
    expect(body.engine).toBe('local');
    expect(body.checks[0]).toEqual({
      id: expect.any(String),
      title: expect.any(String),
      status: 'ok',
      sentence: expect.any(String),
    });
  });

  it('tells what a run would need', async () => {
    const { body } = await ask('GET', '/demo/preview', {
      query: '?batch_count=12',
    });
    expect(body).toMatchObject({
      engine: 'local',
      batchCount: 12,
      taskCount: 25,
      verdict: expect.stringMatching(/^fits/),
      kubernetes: { engine: 'kubernetes' },
      activeRunId: null,
    });
  });
});

describe('a request that is wrong', () => {
  it.each([
    [{ batchCount: 0 }, 'from 1 to 12, not 0.'],
    [{ batchCount: 13 }, 'from 1 to 12, not 13.'],
    [{ batchCount: 2.5 }, 'from 1 to 12, not 2.5.'],
    [{ batchCount: 'x' }, 'from 1 to 12, not "x".'],
    [{ batchCount: '5' }, '(a number, without quotes), not "5".'],
    [[], 'must be a JSON object'],
    ['x', 'must be a JSON object'],
    [null, 'must be a JSON object'],
    [{ batchCount: 3, batch_count: 4 }, 'send one of them'],
    [{ batches: 3 }, 'but not batches.'],
  ])('start with %j', async (body, words) => {
    const refused = await ask('POST', '/demo/run', { body });
    expect(refused.status).toBe(400);
    expect(refused.body.error).toMatchObject({
      name: 'InputError',
      reason: 'invalid-request',
      message: expect.stringContaining(words),
    });
  });

  it('a start with a form, or with broken JSON', async () => {
    const post = async (body: string, type: string) => {
      const response = await fetch(`${portal.url}/demo/run`, {
        method: 'POST',
        headers: { 'Content-Type': type },
        body,
      });
      return [response.status, (await response.json()).error.message];
    };
    expect(
      await post('batchCount=3', 'application/x-www-form-urlencoded'),
    ).toEqual([400, expect.stringContaining('Content-Type: application/json')]);
    expect(await post('{', 'application/json')).toEqual([
      400,
      expect.stringContaining('The body is not JSON'),
    ]);
  });

  it.each([
    ['/demo/preview', '?batchCount=13', 'from 1 to 12, not 13.'],
    ['/demo/preview', '?batchCount=3&batch_count=4', 'send one of them'],
    ['/demo/history', '?limit=0', 'limit must be >= 1'],
    ['/demo/history', '?limit=101', 'limit must be <= 100'],
    ['/demo/history', '?phase=lost', 'phase must be equal to one of'],
    ['/demo/history', '?limt=5', "Unknown query parameter 'limt'"],
    ['/demo/history', '?cursor=x', 'The cursor is not one of ours'],
  ] as const)('%s%s', async (path, query, words) => {
    const refused = await ask('GET', path, { query });
    expect(refused.status).toBe(400);
    expect(refused.body.error.message).toContain(words);
  });

  it.each([
    ['/demo/runs/{runId}', 'GET'],
    ['/demo/runs/{runId}', 'DELETE'],
    ['/demo/runs/{runId}/report', 'GET'],
    ['/demo/runs/{runId}/logs', 'GET'],
    ['/demo/runs/{runId}/events', 'GET'],
  ] as const)('a run that there is not: %s %s', async (path, method) => {
    expect(await ask(method, path, { runId: 'nope' })).toMatchObject({
      status: 404,
      body: { error: { name: 'NotFoundError', reason: 'unknown-run' } },
    });
  });

  it('a plain request to the stream', async () => {
    expect(await ask('GET', '/pipeline/stream')).toMatchObject({
      status: 426,
      body: { error: { reason: 'upgrade-required' } },
    });
  });

  it.each([
    ['HEAD', '/demo/history?limit=9999'],
    ['PUT', '/demo/run'],
    ['GET', '/demo/nope'],
  ])('a route that there is not: %s %s', async (method, path) => {
    const response = await fetch(`${portal.url}${path}`, { method });
    expect(response.status).toBe(404);
  });
});
