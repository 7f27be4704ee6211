import type { RunView } from 'backstage-plugin-pipeline-demo-common';
import { STREAM_PROTOCOL } from 'backstage-plugin-pipeline-demo-common';
import { expectDocumented } from './__testUtils__/expectDocumented';
import { openStream } from './__testUtils__/openStream';
import {
  startTestPortal,
  type TestPortal,
} from './__testUtils__/startTestPortal';
import { until } from './__testUtils__/until';
import type { spec } from './schema/openapi';

jest.setTimeout(90_000);

type Path = keyof typeof spec.paths;

let portal: TestPortal;

beforeAll(async () => {
  // One task at a time, so that a long run is long enough to be watched.
  portal = await startTestPortal({ slots: 1 });
});
afterAll(() => portal.stop());

/** Asks, and expects the answer that the document promises. */
async function ask(
  method: string,
  path: Path,
  options: {
    readonly runId?: string;
    readonly query?: string;
    readonly body?: unknown;
    readonly headers?: Record<string, string>;
  } = {},
) {
  const { runId = '', query = '', body, headers = {} } = options;
  const url = `${portal.url}${path.replace('{runId}', runId)}${query}`;
  const response = await fetch(url, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = await response.json();
  expectDocumented(method, path, response.status, answer);
  return { status: response.status, body: answer, headers: response.headers };
}

async function text(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${portal.url}${path}`, { headers });
  return { headers: response.headers, text: await response.text() };
}

/** Starts a run that is long enough to be cancelled, and waits until it runs. */
async function startLongRun(): Promise<RunView> {
  const started = await ask('POST', '/demo/run', { body: { batchCount: 12 } });
  const { id: runId } = started.body.run;
  return until(
    async () => (await ask('GET', '/demo/runs/{runId}', { runId })).body,
    ({ phase }) => phase === 'running',
  );
}

async function endOf(runId: string): Promise<RunView> {
  return until(
    async () => (await ask('GET', '/demo/runs/{runId}', { runId })).body,
    run => !run.active,
  );
}

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

describe('a run', () => {
  let run: RunView;

  it('starts, and says where it is to be seen', async () => {
    const started = await ask('POST', '/demo/run', {
      body: { batch_count: 2, entityRef: 'component:default/demo' },
      headers: { 'Idempotency-Key': 'a click' },
    });
    run = started.body.run;
    expect(started.status).toBe(201);
    expect(started.body).toMatchObject({
      attached: false,
      run: {
        phase: 'queued',
        batchCount: 2,
        createdBy: 'user:default/mock',
        entityRef: 'component:default/demo',
        counts: { total: 5, planned: 5 },
      },
      streamUrl: `${portal.ws}/pipeline/stream?run=${run.id}`,
    });
    expect(started.headers.get('location')).toBe(
      `${portal.url}/demo/runs/${run.id}`,
    );
  });

  it('is streamed from its beginning to its end, without a hole', async () => {
    const stream = openStream(`${portal.ws}/pipeline/stream?run=${run.id}`);
    expect(await stream.closed).toBe(1000);
    expect(stream.socket.protocol).toBe(STREAM_PROTOCOL);
    expect(stream.page.problems).toEqual([]);
    expect(stream.page.types().at(-1)).toBe('ended');
    expect(stream.page.run).toMatchObject({ phase: 'succeeded' });
    const { lineCount } = await endOf(run.id);
    expect(lineCount).toBeGreaterThan(40);
    expect(stream.page.texts).toHaveLength(lineCount);
  });

  it('is there afterwards: status, history and report', async () => {
    const status = (await ask('GET', '/demo/status')).body;
    expect(status).toMatchObject({
      active: false,
      run: { id: run.id, phase: 'succeeded', progress: 100, hasReport: true },
      freshness: { engineSeenAt: expect.any(String) },
    });
    expect(status.lastLines).toHaveLength(20);
    expect(status.lastLines.at(-1).line).toBe(status.run.lineCount);
    const query = '?limit=1&phase=succeeded&entityRef=component:default/demo';
    const history = (await ask('GET', '/demo/history', { query })).body;
    expect(history.items.map(({ id }: RunView) => id)).toEqual([run.id]);
    const report = await ask('GET', '/demo/runs/{runId}/report', {
      runId: run.id,
    });
    expect(report.body).toMatchObject({
      batchCount: 2,
      totals: { rows: 200 },
    });
  });

  it('has a log as text, as NDJSON, in part, and of one task', async () => {
    const { lineCount } = await endOf(run.id);
    const logs = `/demo/runs/${run.id}/logs`;
    const whole = await text(logs);
    expect(whole.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    const lines = whole.text.trimEnd().split('\n');
    expect(lines).toHaveLength(lineCount);
    expect(lines[0]).toMatch(
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z driver \S/,
    );

    const part = await text(`${logs}?from=3&to=5&download=true`, {
      Accept: 'application/x-ndjson',
    });
    expect(part.headers.get('content-disposition')).toBe(
      `attachment; filename="${run.id}.ndjson"`,
    );
    const parsed = part.text
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(parsed.map(({ line }) => line)).toEqual([3, 4, 5]);
    expect(
      parsed.map(({ at, task, text: words }) => `${at} ${task} ${words}`),
    ).toEqual(lines.slice(2, 5));

    const report = await text(`${logs}?task=REPORT&task=GENERATE:2`);
    const tasks = report.text
      .trimEnd()
      .split('\n')
      .map(line => line.split(' ')[1]);
    expect(new Set(tasks)).toEqual(new Set(['REPORT', 'GENERATE:2']));
  });

  it('can be searched, in bounded scans', async () => {
    const path = '/demo/runs/{runId}/logs';
    const options = { runId: run.id };
    const first = await ask('GET', path, {
      ...options,
      query: `?search=^batch [12]:&regex=true&limit=3`,
    });
    expect(first.body).toMatchObject({ done: false });
    expect(first.body.matches).toHaveLength(3);
    const rest = await ask('GET', path, {
      ...options,
      query: `?search=Wrote&cursor=${first.body.cursor}`,
    });
    expect(rest.body.done).toBe(true);
    expect(rest.body.matches.length).toBeGreaterThan(0);
    for (const [query, words] of [
      ['?search=(&regex=true', 'The regular expression cannot be used'],
      ['?search=(a|b)*a(a|b){900}c&regex=true', 'too large'],
      ['?regex=true', 'belong to a search'],
      ['?task=FOO', 'task must be GENERATE:1'],
    ]) {
      const refused = await ask('GET', path, { ...options, query });
      expect(refused.status).toBe(400);
      expect(refused.body.error.message).toContain(words);
    }
  });

  it('is read in pages by those who poll', async () => {
    const path = '/demo/runs/{runId}/events';
    const { lineCount } = await endOf(run.id);
    const begin = (await ask('GET', path, { runId: run.id, query: '?tail=0' }))
      .body;
    expect(begin.run).toMatchObject({ id: run.id, phase: 'succeeded' });
    const page = (
      await ask('GET', path, { runId: run.id, query: '?event=0&line=0' })
    ).body;
    expect(page.events).toHaveLength(begin.run.event);
    expect(page.lines).toHaveLength(lineCount);
    expect(page.complete).toBe(true);
  });

  it('cannot be cancelled when it has ended', async () => {
    expect(
      await ask('DELETE', '/demo/runs/{runId}', { runId: run.id }),
    ).toMatchObject({ status: 409, body: { error: { reason: 'run-ended' } } });
  });

  it('is what the same click gets again', async () => {
    const again = await ask('POST', '/demo/run', {
      body: { batchCount: 2 },
      headers: { 'Idempotency-Key': 'a click' },
    });
    expect(again).toMatchObject({
      status: 200,
      body: { attached: true, run: { id: run.id } },
    });
  });
});

describe('while a run is active', () => {
  it('others are attached to it or refused, and can cancel it', async () => {
    const { id } = await startLongRun();
    expect((await ask('GET', '/demo/active')).body).toEqual({
      active: true,
      runId: id,
    });
    const attached = await ask('POST', '/demo/run');
    expect(attached).toMatchObject({
      status: 200,
      body: {
        attached: true,
        run: { id, batchCount: 12 },
        message: `Run ${id} is active with 12 batches, and this is it; the 5 batches asked for were not used.`,
      },
    });
    const refused = await ask('POST', '/demo/run', {
      body: { ifActive: 'reject' },
    });
    expect(refused).toMatchObject({
      status: 409,
      body: { error: { name: 'ConflictError', reason: 'slot-taken' } },
    });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(
      await ask('GET', '/demo/runs/{runId}/report', { runId: id }),
    ).toMatchObject({
      status: 404,
      body: { error: { reason: 'report-not-ready' } },
    });

    expect((await ask('DELETE', '/demo/cancel')).status).toBe(202);
    expect(await endOf(id)).toMatchObject({
      phase: 'cancelled',
      cancelAskedBy: 'user:default/mock',
    });
    expect(
      await ask('GET', '/demo/runs/{runId}/report', { runId: id }),
    ).toMatchObject({ status: 404, body: { error: { reason: 'no-report' } } });
  });

  it('cancels the named run and no other', async () => {
    const { id } = await startLongRun();
    expect(
      await ask('DELETE', '/demo/runs/{runId}', { runId: 'r0' }),
    ).toMatchObject({
      status: 404,
      body: { error: { reason: 'unknown-run' } },
    });
    expect((await ask('GET', '/demo/active')).body.runId).toBe(id);
    const cancelled = await ask('DELETE', '/demo/runs/{runId}', { runId: id });
    expect(cancelled.status).toBe(202);
    expect((await endOf(id)).phase).toBe('cancelled');
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

it('says goodbye to viewers when it stops', async () => {
  const other = await startTestPortal({});
  const stream = openStream(`${other.ws}/pipeline/stream`);
  await until(
    () => stream.page.types(),
    types => types.includes('idle'),
  );
  await other.stop();
  expect(await stream.closed).toBe(1012);
  expect(stream.page.messages.at(-1)).toMatchObject({
    type: 'bye',
    name: 'ServiceUnavailableError',
    retryAfterMs: expect.any(Number),
  });
});
