import type { RunView } from 'backstage-plugin-pipeline-demo-common';
import { STREAM_PROTOCOL } from 'backstage-plugin-pipeline-demo-common';
import { createAsk } from './__testUtils__/createAsk';
import { openStream } from './__testUtils__/openStream';
import {
  startTestPortal,
  type TestPortal,
} from './__testUtils__/startTestPortal';
import { until } from './__testUtils__/until';

jest.setTimeout(90_000);

let portal: TestPortal;
beforeAll(async () => {
  // One task at a time, so that a long run is long enough to be watched.
  portal = await startTestPortal({ slots: 1 });
});
afterAll(() => portal.stop());

const ask = createAsk(() => portal.url);

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
      ['?search=(&regex=true&format=text', 'The regular expression cannot be'],
      ['?search=x&format=text&cursor=3', 'cursor belongs to a search that'],
      ['?search=(a|b)*a(a|b){900}c&regex=true', 'too large'],
      ['?regex=true', 'belong to a search'],
      ['?task=FOO', 'task must be GENERATE:1'],
    ]) {
      const refused = await ask('GET', path, { ...options, query });
      expect(refused.status).toBe(400);
      expect(refused.body.error.message).toContain(words);
    }
  });

  it('has a file of the lines that match, of some tasks', async () => {
    const logs = `/demo/runs/${run.id}/logs`;
    const lines = (await text(`${logs}?task=GENERATE:1`)).text
      .split('\n')
      .filter(line => / (ROWS|rows)/.test(line));
    expect(lines.length).toBeGreaterThan(0);
    const file = await text(
      `${logs}?task=GENERATE:1&search= rows&download=true`,
    );
    expect(file.headers.get('content-disposition')).toBe(
      `attachment; filename="${run.id}.log"`,
    );
    expect(file.text).toBe(`${lines.join('\n')}\n`);
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
