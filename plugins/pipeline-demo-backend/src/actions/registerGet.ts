import { NotFoundError } from '@backstage/errors';
import {
  countTasks,
  diagnoseRun,
  progress,
} from 'backstage-plugin-pipeline-demo-common';
import { requireRun } from '../http/createHistoryHandlers';
import { OPERATIONS } from '../http/operations';
import { toRunView } from '../http/runView';
import type { RunStore, StoredRun } from '../ports/RunStore';
import type { ActionDeps } from './ActionDeps';

/** How a run is now, and what came out of it. */
export function registerGet(deps: ActionDeps): void {
  deps.actionsRegistry.register({
    name: 'get-run',
    title: 'Get a pipeline run',
    description: `
Shows one run of the demo pipeline: its phase, how many of its tasks are finished, and, when it has ended, the totals of
its report or why it failed and what to do. Without runId: the active run, else the newest one.
    `.trim(),
    attributes: { readOnly: true, idempotent: true, destructive: false },
    visibilityPermission: OPERATIONS.get.permission,
    schema: {
      input: z =>
        z.object({ runId: z.string().optional().describe('The run') }),
      output: z =>
        z.object({
          runId: z.string(),
          phase: z.string(),
          active: z.boolean(),
          batchCount: z.number(),
          createdBy: z.string(),
          createdAt: z.string().describe('ISO 8601'),
          durationSeconds: z.number().optional(),
          finishedTasks: z.number(),
          totalTasks: z.number(),
          failedTasks: z.number(),
          lineCount: z.number().describe('Lines of its log so far'),
          failure: z
            .object({
              sentence: z.string(),
              advice: z.string(),
              evidence: z.string().optional(),
            })
            .optional(),
          report: z
            .object({
              rows: z.number(),
              sum: z.number(),
              mean: z.number(),
              min: z.number(),
              max: z.number(),
            })
            .optional()
            .describe('Totals over all batches'),
        }),
    },
    action: ({ input, credentials }) =>
      deps.guard.run(
        OPERATIONS.get,
        credentials,
        input.runId === undefined ? {} : { runId: input.runId },
        async () => ({
          output: outputOf(await findRun(deps.runs, input.runId)),
        }),
      ),
  });
}

async function findRun(
  runs: RunStore,
  runId: string | undefined,
): Promise<StoredRun> {
  if (runId !== undefined) {
    return requireRun(runs, runId);
  }
  const stored = (await runs.active()) ?? (await runs.latest());
  if (!stored) {
    throw new NotFoundError('There is no run yet.');
  }
  return stored;
}

function outputOf(stored: StoredRun) {
  const { run, lastLine } = stored;
  const view = toRunView(stored);
  const { finished, total } = progress(run);
  const failure = diagnoseRun(run);
  return {
    runId: run.id,
    phase: run.phase,
    active: view.active,
    batchCount: run.batchCount,
    createdBy: run.createdBy,
    createdAt: view.createdAt,
    durationSeconds: view.durationSeconds,
    finishedTasks: finished,
    totalTasks: total,
    failedTasks: countTasks(run).failed,
    lineCount: lastLine,
    failure: failure && {
      sentence: failure.sentence,
      advice: failure.advice,
      evidence: failure.evidence,
    },
    report: run.report && { ...run.report.totals },
  };
}
