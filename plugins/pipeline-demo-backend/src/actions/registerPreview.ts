import { BATCH_COUNT } from 'backstage-plugin-pipeline-demo-common';
import { OPERATIONS } from '../http/operations';
import { previewRun } from '../runs/previewRun';
import type { ActionDeps } from './ActionDeps';

const { min, max } = BATCH_COUNT;

/** What a run would need, before it is started. */
export function registerPreview(deps: ActionDeps): void {
  deps.actionsRegistry.register({
    name: 'preview-run',
    title: 'Preview a pipeline run',
    description: `
Tells what a run of the demo pipeline with so many batches would need, and whether it fits what is free now, without
starting anything. "verdict" is fits, fits-with-waiting or cannot-fit; "sentence" says all of it in one line.
    `.trim(),
    attributes: { readOnly: true, idempotent: true, destructive: false },
    visibilityPermission: OPERATIONS.preview.permission,
    schema: {
      input: z =>
        z.object({
          batchCount: z
            .number()
            .int()
            .min(min)
            .max(max)
            .default(BATCH_COUNT.default)
            .describe('How many batches the run would have'),
        }),
      output: z =>
        z.object({
          verdict: z.enum(['fits', 'fits-with-waiting', 'cannot-fit']),
          reason: z.string().describe('Why, in one sentence'),
          sentence: z.string(),
          taskCount: z.number(),
          parallelSlots: z.number().describe('Tasks at once'),
          durationSeconds: z.number(),
          activeRunId: z
            .string()
            .nullable()
            .describe('The run that is active now: only one can be'),
        }),
    },
    action: ({ input, credentials }) =>
      deps.guard.run(OPERATIONS.preview, credentials, {}, async () => {
        const preview = await previewRun(deps, input.batchCount);
        return {
          output: {
            verdict: preview.verdict,
            reason: preview.reason,
            sentence: preview.sentence,
            taskCount: preview.taskCount,
            parallelSlots: preview.parallelSlots,
            durationSeconds: preview.durationSeconds,
            activeRunId: preview.activeRunId,
          },
        };
      }),
  });
}
