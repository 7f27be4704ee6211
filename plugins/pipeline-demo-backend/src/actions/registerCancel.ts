import { OPERATIONS } from '../http/operations';
import { cancelRun } from '../runs/cancelRun';
import type { ActionDeps } from './ActionDeps';

/** Cancels one run, which has to be named. */
export function registerCancel(deps: ActionDeps): void {
  deps.actionsRegistry.register({
    name: 'cancel-run',
    title: 'Cancel a pipeline run',
    description: `
Cancels a run of the demo pipeline that is active: its tasks are stopped, and there will be no report; the log so far
stays readable. Returns at once; it is over when get-run says "cancelled". A run that has ended cannot be cancelled.
    `.trim(),
    attributes: { readOnly: false, idempotent: true, destructive: true },
    visibilityPermission: OPERATIONS.cancelRun.permission,
    schema: {
      input: z => z.object({ runId: z.string().describe('The run') }),
      output: z =>
        z.object({
          runId: z.string(),
          phase: z.string().describe('When it was asked for'),
        }),
    },
    action: ({ input: { runId }, credentials }) =>
      deps.guard.run(
        OPERATIONS.cancelRun,
        credentials,
        { runId },
        async ({ ref }) => {
          const { run } = await cancelRun(deps, { runId, by: ref });
          return { output: { runId: run.id, phase: run.phase } };
        },
      ),
  });
}
