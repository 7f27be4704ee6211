import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { JsonObject } from '@backstage/types';
import { createGuard } from '../http/guard';
import { useRunWorld } from '../testing/useRunWorld';
import { createActions } from './createActions';

const world = useRunWorld();

/** The actions of a process, called by user:default/mock. */
function createCaller(options: { readonly denied?: string } = {}) {
  const registry = actionsRegistryServiceMock();
  const auditor = mockServices.auditor.mock();
  const ends: string[] = [];
  auditor.createEvent.mockImplementation(async ({ eventId, meta }) => ({
    success: async () => {
      ends.push(`${eventId} by ${meta?.actor} succeeded`);
    },
    fail: async ({ error }) => {
      ends.push(`${eventId} by ${meta?.actor} failed: ${error.name}`);
    },
  }));
  const permissions = mockServices.permissions.mock({
    authorize: async requests =>
      requests.map(({ permission: { name } }) => ({
        result:
          name === options.denied
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
      })),
  });
  const httpAuth = mockServices.httpAuth.mock();
  const process = world().process();
  createActions({
    ...process.deps,
    logs: process.logs,
    keepers: process.keepers,
    guard: createGuard({ auditor, httpAuth, permissions }),
    actionsRegistry: registry,
  });
  const call = async (name: string, input: JsonObject = {}) => {
    const { output } = await world().clock.finish(
      registry.invoke({
        id: `test:${name}`,
        input,
        credentials: mockCredentials.user(),
      }),
    );
    return output;
  };
  return { ends, call, registry, process };
}

describe('the actions', () => {
  it('say of themselves what they may do', async () => {
    const { actions } = await createCaller().registry.list();
    expect(actions.map(({ name, attributes }) => [name, attributes])).toEqual([
      ['preview-run', { readOnly: true, idempotent: true, destructive: false }],
      ['start-run', { readOnly: false, idempotent: false, destructive: false }],
      ['get-run', { readOnly: true, idempotent: true, destructive: false }],
      ['cancel-run', { readOnly: false, idempotent: true, destructive: true }],
      [
        'get-run-logs',
        { readOnly: true, idempotent: true, destructive: false },
      ],
    ]);
  });

  it('take a run from its preview to its report and its log', async () => {
    const { call, ends, process } = createCaller();
    process.keepers.start();
    expect(await call('preview-run', { batchCount: 2 })).toMatchObject({
      verdict: 'fits',
      taskCount: 5,
      activeRunId: null,
    });
    const started = await call('start-run', {
      batchCount: 2,
      entityRef: 'component:default/demo',
    });
    expect(started).toMatchObject({ attached: false, batchCount: 2 });
    const { runId } = started as { runId: string };
    expect(await call('start-run', { batchCount: 9 })).toMatchObject({
      runId,
      attached: true,
      batchCount: 2,
    });
    await expect(call('start-run', { ifActive: 'reject' })).rejects.toThrow(
      'is active',
    );

    const run = await world().ended(runId);
    expect(run).toMatchObject({
      createdBy: 'user:default/mock',
      entityRef: 'component:default/demo',
    });
    expect(await call('get-run')).toMatchObject({
      runId,
      phase: 'succeeded',
      active: false,
      finishedTasks: 5,
      totalTasks: 5,
      report: { rows: run.report?.totals.rows },
    });
    const lines = await world().lines(runId);
    const tail = await call('get-run-logs', { runId, limit: 3 });
    expect(tail).toMatchObject({
      lineCount: lines.length,
      lines: lines.slice(-3).map(({ line, text }) => ({ line, text })),
    });
    expect(tail).not.toHaveProperty('nextFrom', expect.anything());
    expect(ends).toEqual([
      'run-preview by user:default/mock succeeded',
      'run-start by user:default/mock succeeded',
      'run-start by user:default/mock succeeded',
      'run-start by user:default/mock failed: ConflictError',
      'run-get by user:default/mock succeeded',
      'run-logs by user:default/mock succeeded',
    ]);
  });

  it('read a log piece by piece, and find lines in it', async () => {
    const { call } = createCaller();
    const { id: runId } = await world().started();
    await world().ended(runId);
    const lines = await world().lines(runId);

    const read: number[] = [];
    for (let from: number | undefined = 1; from !== undefined; ) {
      const piece = (await call('get-run-logs', { runId, from, limit: 4 })) as {
        lines: { line: number }[];
        nextFrom?: number;
      };
      read.push(...piece.lines.map(({ line }) => line));
      from = piece.nextFrom;
    }
    expect(read).toEqual(lines.map(({ line }) => line));

    const of = lines.filter(({ task }) => task === 'GENERATE:1');
    expect(
      await call('get-run-logs', {
        runId,
        grep: '.',
        regex: true,
        tasks: ['GENERATE:1'],
      }),
    ).toMatchObject({ lines: of.map(({ line }) => ({ line })) });
    await expect(
      call('get-run-logs', { runId, tasks: ['GENERATE:13'] }),
    ).rejects.toThrow('task must be');
    await expect(call('get-run-logs', { runId: 'nope' })).rejects.toThrow(
      'There is no run nope.',
    );
  });

  it('cancel the run that is named', async () => {
    const { call } = createCaller();
    const { id: runId } = await world().started();
    await world().reached(runId, 'running');
    expect(await call('cancel-run', { runId })).toEqual({
      runId,
      phase: 'running',
    });
    expect(await world().ended(runId)).toMatchObject({
      phase: 'cancelled',
      cancelAskedBy: 'user:default/mock',
    });
    await expect(call('cancel-run', { runId })).rejects.toThrow('ended');
  });

  it.each([
    ['preview-run', {}, 'pipelineDemo.run.view', 'run-preview'],
    ['start-run', {}, 'pipelineDemo.run.start', 'run-start'],
    ['get-run', {}, 'pipelineDemo.run.view', 'run-get'],
    ['cancel-run', { runId: 'r1' }, 'pipelineDemo.run.cancel', 'run-cancel'],
    ['get-run-logs', { runId: 'r1' }, 'pipelineDemo.run.view', 'run-logs'],
  ])('%s needs its permission', async (name, input, denied, event) => {
    const { call, ends } = createCaller({ denied });
    await expect(call(name, input)).rejects.toThrow(denied);
    expect(ends).toEqual([
      `${event} by user:default/mock failed: NotAllowedError`,
    ]);
    expect(await world().runs.latest()).toBeUndefined();
  });
});
