import { BATCH_COUNT } from 'backstage-plugin-pipeline-demo-common';
import { OPERATIONS } from '../http/operations';
import { readStartRequest } from '../http/startRequest';
import { startRun } from '../runs/startRun';
import type { ActionDeps } from './ActionDeps';

const { min, max } = BATCH_COUNT;

/** Starts a run, or attaches to the active one. */
export function registerStart(deps: ActionDeps): void {
  deps.actionsRegistry.register({
    name: 'start-run',
    title: 'Start a pipeline run',
    description: `
Starts a run of the demo pipeline: GENERATE and ANALYZE for each batch, then REPORT. Returns at once with the run's id;
look at it with get-run until its phase is succeeded, failed or cancelled. At most one run is active: with
ifActive "attach" the answer is then the active run and nothing is started, with "reject" it is an error.
    `.trim(),
    attributes: { readOnly: false, idempotent: false, destructive: false },
    visibilityPermission: OPERATIONS.start.permission,
    schema: {
      input: z =>
        z.object({
          batchCount: z
            .number()
            .int()
            .min(min)
            .max(max)
            .default(BATCH_COUNT.default)
            .describe('How many batches the run has'),
          entityRef: z
            .string()
            .optional()
            .describe(
              'The catalog entity it is started for: component:default/demo',
            ),
          ifActive: z
            .enum(['attach', 'reject'])
            .default('attach')
            .describe('What to do when a run is active'),
        }),
      output: z =>
        z.object({
          runId: z.string(),
          phase: z.string(),
          batchCount: z.number(),
          attached: z
            .boolean()
            .describe('The run was there before, and nothing was started'),
          path: z.string().describe('The page of the run in the portal'),
        }),
    },
    action: ({ input, credentials }) =>
      deps.guard.run(OPERATIONS.start, credentials, {}, async ({ ref }) => {
        const { type, stored } = await startRun(deps, {
          ...readStartRequest(input, {}),
          createdBy: ref,
        });
        const { id, phase, batchCount } = stored.run;
        return {
          output: {
            runId: id,
            phase,
            batchCount,
            attached: type !== 'created',
            path: `/pipeline-demo/runs/${id}`,
          },
        };
      }),
  });
}
