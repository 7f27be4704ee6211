import { BATCH_COUNT } from 'backstage-plugin-pipeline-demo-common';
import { breakTask, type BreakDeps } from '../runs/breakTask';
import { cancelRun, type CancelDeps } from '../runs/cancelRun';
import { previewRun } from '../runs/previewRun';
import { startRun, type StartDeps, type StartResult } from '../runs/startRun';
import type {
  BreakTask,
  CancelActive,
  CancelRun,
  PreviewRun,
  StartRun,
} from '../schema/openapi';
import { batchCountOfQuery } from './batchCount';
import type { HandlerOf } from './guard';
import { nameReasons } from './reasons';
import { runPath, streamPath, toRunView } from './runView';
import { readStartRequest } from './startRequest';

/** What changes runs, or asks what one would need. */
export interface RunHandlers {
  readonly start: HandlerOf<StartRun>;
  readonly preview: HandlerOf<PreviewRun>;
  readonly cancelActive: HandlerOf<CancelActive>;
  readonly cancelRun: HandlerOf<CancelRun>;
  readonly breakTask: HandlerOf<BreakTask>;
}

/** What they work with. */
export interface RunHandlersDeps extends StartDeps, CancelDeps, BreakDeps {
  /** The plugin's base URL as callers see it. */
  readonly externalUrl: () => Promise<string>;
  readonly keepers: StartDeps['keepers'] & CancelDeps['keepers'];
}

/** Handlers of the routes that start, preview, cancel and break. */
export function createRunHandlers(deps: RunHandlersDeps): RunHandlers {
  return {
    start: async (req, caller) => {
      const asked = readStartRequest(req.body, req.query);
      const result = await startRun(deps, {
        ...asked,
        createdBy: caller.ref,
        idempotencyKey: req.get('Idempotency-Key'),
      }).catch(nameReasons({ ConflictError: 'slot-taken' }));
      const { id } = result.stored.run;
      const base = await deps.externalUrl();
      return {
        type: 'json',
        status: result.type === 'created' ? 201 : 200,
        headers: { Location: `${base}${runPath(id)}` },
        body: {
          run: toRunView(result.stored),
          attached: result.type !== 'created',
          message: messageOf(result, asked.batchCount),
          streamUrl: `${base.replace(/^http/, 'ws')}${streamPath(id)}`,
        },
      };
    },

    preview: async req => ({
      type: 'json',
      status: 200,
      body: await previewRun(
        deps,
        batchCountOfQuery(req.query) ?? BATCH_COUNT.default,
      ),
    }),

    cancelActive: async (_req, { ref }) => ({
      type: 'json',
      status: 202,
      body: toRunView(
        await cancelRun(deps, { by: ref }).catch(
          nameReasons({ NotFoundError: 'no-active-run' }),
        ),
      ),
    }),

    cancelRun: async (req, { ref }) => ({
      type: 'json',
      status: 202,
      body: toRunView(
        await cancelRun(deps, { runId: req.params.runId, by: ref }).catch(
          nameReasons({
            NotFoundError: 'unknown-run',
            ConflictError: 'run-ended',
          }),
        ),
      ),
    }),

    breakTask: async req => ({
      type: 'json',
      status: 202,
      body: toRunView(
        await breakTask(deps, req.params).catch(
          nameReasons({
            NotFoundError: 'unknown-run',
            ConflictError: 'task-not-running',
          }),
        ),
      ),
    }),
  };
}

function messageOf(result: StartResult, asked: number): string | undefined {
  const { id, batchCount } = result.stored.run;
  switch (result.type) {
    case 'created':
      return undefined;
    case 'repeated':
      return `Run ${id} was started by the same request before.`;
    case 'attached':
      return batchCount === asked
        ? `Run ${id} is active with ${batchCount} batches, and this is it.`
        : `Run ${id} is active with ${batchCount} batches, and this is it; the ${asked} batches asked for were not used.`;
    default: {
      const never: never = result.type;
      return never;
    }
  }
}
