import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { openStream } from '../__testUtils__/openStream';
import {
  startTestPortal,
  type TestPortal,
} from '../__testUtils__/startTestPortal';
import { until } from '../__testUtils__/until';
import { spec } from '../schema/openapi';
import { OPEN_PATHS } from './createRouter';

jest.setTimeout(60_000);

const PERMISSIONS: Readonly<Record<string, string>> = {
  StartRun: 'pipelineDemo.run.start',
  CheckEngine: 'pipelineDemo.run.start',
  CancelActive: 'pipelineDemo.run.cancel',
  CancelRun: 'pipelineDemo.run.cancel',
  BreakTask: 'pipelineDemo.run.cancel',
};

/** Every operation of the document but those that are open, and its permission. */
const OPERATIONS = Object.entries(spec.paths)
  .filter(([path]) => !OPEN_PATHS.some(open => open === path))
  .flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => method !== 'parameters')
      .map(([method, { operationId }]) => ({
        method: method.toUpperCase(),
        path,
        permission: PERMISSIONS[operationId] ?? 'pipelineDemo.run.view',
      })),
  );

const auditor = mockServices.auditor.mock();
/** Names of the permissions that are granted now. */
let granted: readonly string[] = [];
let portal: TestPortal;

beforeAll(async () => {
  portal = await startTestPortal({
    allows: ({ name }) => granted.includes(name),
    features: [auditor.factory],
    settings: { stream: { permissionCheckInterval: '1 second' } },
  });
});
afterAll(async () => {
  await cancelRun();
  await portal.stop();
});
beforeEach(() => {
  granted = [];
  auditor.createEvent.mockReset();
});

/** What became of the audit events so far: `run-start succeeded`. */
function watchAudit(): readonly string[] {
  const ends: string[] = [];
  auditor.createEvent.mockImplementation(async ({ eventId }) => ({
    success: async () => {
      ends.push(`${eventId} succeeded`);
    },
    fail: async ({ error }) => {
      ends.push(`${eventId} failed: ${error.name}`);
    },
  }));
  return ends;
}

function call(method: string, path: string, token?: string) {
  return fetch(
    `${portal.url}${path.replace('{runId}', 'r0').replace('{task}', 'REPORT')}`,
    {
      method,
      headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
    },
  );
}

/** What a test has started is over before the next one begins. */
async function cancelRun() {
  watchAudit();
  granted = ['pipelineDemo.run.cancel', 'pipelineDemo.run.view'];
  await call('DELETE', '/demo/cancel');
  await until(
    async () => (await call('GET', '/demo/active')).json(),
    ({ active }) => !active,
  );
}

it('the document has all the operations there are', () => {
  expect(OPERATIONS).toHaveLength(15);
});

describe.each(OPERATIONS)('$method $path', ({ method, path, permission }) => {
  it('needs a token', async () => {
    for (const token of [
      mockCredentials.none.header().replace('Bearer ', ''),
      mockCredentials.user.invalidToken(),
    ]) {
      expect((await call(method, path, token)).status).toBe(401);
    }
  });

  it(`needs ${permission}, and tells so`, async () => {
    const ends = watchAudit();
    granted = [
      'pipelineDemo.run.view',
      'pipelineDemo.run.start',
      'pipelineDemo.run.cancel',
    ].filter(name => name !== permission);
    const response = await call(method, path);
    expect(response.status).toBe(403);
    expect((await response.json()).error).toEqual({
      name: 'NotAllowedError',
      reason: 'not-allowed',
      message: `This needs the permission ${permission}, which you have not been granted.`,
    });
    expect(ends).toEqual([
      expect.stringMatching(/^[a-z-]+ failed: NotAllowedError$/),
    ]);
  });

  it(`needs nothing but ${permission}`, async () => {
    const ends = watchAudit();
    granted = [permission];
    const response = await call(method, path);
    await response.text();
    expect(response.status).not.toBe(401);
    expect(response.status).not.toBe(403);
    expect(ends).toHaveLength(1);
    await cancelRun();
  });
});

describe('a stream', () => {
  const url = () => `${portal.ws}/pipeline/stream`;

  it('needs a token', async () => {
    const { closed } = openStream(url(), { protocols: ['pipeline-demo.v1'] });
    await expect(closed).rejects.toThrow('HTTP 401');
  });

  it('of a page from elsewhere is refused without an upgrade', async () => {
    granted = ['pipelineDemo.run.view'];
    watchAudit();
    const foreign = openStream(url(), { origin: 'http://evil.example' });
    await expect(foreign.closed).rejects.toThrow('HTTP 403');
    const own = openStream(url(), { origin: 'http://portal.example' });
    await until(
      () => own.page.types(),
      types => types.length > 0,
    );
    own.socket.close();
  });

  it('needs the permission to view, and gets a reason instead', async () => {
    const ends = watchAudit();
    granted = ['pipelineDemo.run.start', 'pipelineDemo.run.cancel'];
    const { closed, page } = openStream(url());
    expect(await closed).toBe(4403);
    expect(page.messages).toEqual([
      {
        type: 'bye',
        name: 'NotAllowedError',
        message: 'You may not see runs.',
      },
    ]);
    expect(ends).toEqual(['run-stream failed: Error']);
  });

  it('ends when the permission is taken away while it is open', async () => {
    const ends = watchAudit();
    granted = ['pipelineDemo.run.view'];
    const { closed, page } = openStream(url());
    await until(
      () => page.types(),
      types => types.length > 0,
    );
    expect(ends).toEqual(['run-stream succeeded']);
    granted = [];
    expect(await closed).toBe(4403);
    expect(page.messages.at(-1)).toMatchObject({
      type: 'bye',
      name: 'NotAllowedError',
    });
  });

  it('of server-sent events ends as well', async () => {
    watchAudit();
    granted = ['pipelineDemo.run.view', 'pipelineDemo.run.start'];
    const started = await fetch(`${portal.url}/demo/run`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ batchCount: 12 }),
    });
    const { run } = await started.json();
    const stream = await fetch(`${portal.url}/demo/runs/${run.id}/events`, {
      headers: { Accept: 'text/event-stream' },
    });
    granted = [];
    // To its end, which comes before the run's.
    expect(await stream.text()).toMatch(
      /event: bye\ndata: .*"NotAllowedError".*\n\n$/,
    );
  });
});
