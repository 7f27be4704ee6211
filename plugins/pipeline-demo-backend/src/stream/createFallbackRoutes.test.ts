import { mockServices } from '@backstage/backend-test-utils';
import { encodeMessage, newRun } from 'backstage-plugin-pipeline-demo-common';
import { once } from 'node:events';
import { serve, type Served } from '../__testUtils__/serve';
import { until } from '../__testUtils__/until';
import type { Handler } from '../http/guard';
import type { Sink, ViewerRequest } from '../live/Viewer';
import type { LogStore } from '../ports/LogStore';
import type { RunStore } from '../ports/RunStore';
import { FakeClock } from '../testing/FakeClock';
import { sampleSpec } from '../testing/sampleRuns';
import { createFallbackRoutes } from './createFallbackRoutes';
import { StreamAdmission } from './StreamAdmission';

const SSE = { Accept: 'text/event-stream' };
const presence = { viewers: 1, now: 0 };

let served: Served;
afterEach(() => served.stop());

async function serveEvents() {
  const clock = FakeClock.create();
  const opened: { request: ViewerRequest; sink: Sink }[] = [];
  let closed = 0;
  const runs: Pick<RunStore, 'get'> = {
    get: async id =>
      id === 'r1'
        ? { run: newRun(sampleSpec({ id })), epoch: 1, lastLine: 0 }
        : undefined,
  };
  const logs: Pick<LogStore, 'read'> = { read: async () => [] };
  const { events } = createFallbackRoutes({
    runs: runs as RunStore,
    logs: logs as LogStore,
    clock,
    broadcaster: {
      open: (sink, request) => {
        opened.push({ sink, request });
        return {
          close: () => {
            closed += 1;
          },
        } as never;
      },
    },
    admission: StreamAdmission.create({
      clock,
      logger: mockServices.logger.mock(),
      limits: { viewers: 1, viewersPerUser: 1, permissionCheckMs: 60_000 },
      requirePermission: async () => undefined,
    }),
  });
  served = await serve(
    events as unknown as Handler<{ runId: string }, unknown, unknown, never>,
  );
  return { clock, opened, closed: () => closed };
}

async function textOf(body: AsyncIterable<Buffer>): Promise<string> {
  let text = '';
  for await (const chunk of body) {
    text += chunk;
  }
  return text;
}

describe('server-sent events', () => {
  it('come live, and unhindered by compression', async () => {
    const { clock, opened } = await serveEvents();
    const response = await served.get('/r1', SSE);
    expect(response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
    });
    const [{ sink, request }] = opened;
    expect(request).toEqual({ run: 'r1' });

    let text = '';
    response.on('data', chunk => {
      text += chunk;
    });
    sink.send(encodeMessage({ type: 'presence', presence }));
    await until(
      () => text,
      sent => sent.includes('event: presence'),
    );
    await clock.advance(15_000);
    await until(
      () => text,
      sent => sent.endsWith(': still here\n\n'),
    );
    expect(text).toMatch(/^retry: 2000\n\n/);
    sink.close(1000, 'ended');
    await once(response, 'end');
  });

  it('go on after the last one that was received', async () => {
    const { opened } = await serveEvents();
    const response = await served.get('/r1?event=1&line=2', {
      ...SSE,
      'Last-Event-ID': '12.340',
    });
    expect(opened[0].request).toEqual({ run: 'r1', event: 12, line: 340 });
    response.destroy();
  });

  it('end with the reader, which makes room for the next', async () => {
    const { opened, closed } = await serveEvents();
    const first = await served.get('/r1', SSE);
    const second = await served.get('/r1', SSE);
    expect(second.statusCode).toBe(503);
    expect(second.headers['retry-after']).toBe('10');
    expect(JSON.parse(await textOf(second)).error).toMatchObject({
      name: 'ServiceUnavailableError',
      reason: 'too-many-viewers',
    });
    first.destroy();
    await until(closed, count => count === 1);
    const third = await served.get('/r1', SSE);
    expect(third.statusCode).toBe(200);
    expect(opened).toHaveLength(2);
    third.destroy();
  });

  it('are not of a run that there is not', async () => {
    const { opened } = await serveEvents();
    const response = await served.get('/nope', SSE);
    expect(response.statusCode).toBe(404);
    expect(opened).toEqual([]);
    response.resume();
  });

  it('are a page for those who do not ask for a stream', async () => {
    const { opened } = await serveEvents();
    const response = await served.get('/r1', { Accept: 'application/json' });
    expect(JSON.parse(await textOf(response))).toMatchObject({
      run: { id: 'r1' },
      lines: [],
    });
    expect(opened).toEqual([]);
  });
});
