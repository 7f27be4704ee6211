import { NotFoundError } from '@backstage/errors';
import { isEnded } from 'backstage-plugin-pipeline-demo-common';
import type { Run } from 'backstage-plugin-pipeline-demo-common';
import type { LogStore } from '../ports/LogStore';
import type { RunStore, StoredRun } from '../ports/RunStore';
import type { GetActive, GetReport, GetRun, ListRuns } from '../schema/openapi';
import type { HandlerOf } from './guard';
import { withReason } from './reasons';
import { toRunView } from './runView';

const DEFAULT_HISTORY_LIMIT = 10;

/** What reads runs. */
export interface HistoryHandlers {
  readonly active: HandlerOf<GetActive>;
  readonly list: HandlerOf<ListRuns>;
  readonly get: HandlerOf<GetRun>;
  readonly report: HandlerOf<GetReport>;
}

/** What they work with. */
export interface HistoryHandlersDeps {
  readonly runs: RunStore;
  readonly logs: LogStore;
}

/** Handlers of the routes that read runs. */
export function createHistoryHandlers({
  runs,
}: HistoryHandlersDeps): HistoryHandlers {
  return {
    active: async () => {
      const runId = (await runs.active())?.run.id ?? null;
      return {
        type: 'json',
        status: 200,
        body: { active: runId !== null, runId },
      };
    },

    list: async ({ query }) => {
      const page = await runs.history({
        ...query,
        limit: query.limit ?? DEFAULT_HISTORY_LIMIT,
      });
      return {
        type: 'json',
        status: 200,
        body: {
          items: page.runs.map(toRunView),
          nextCursor: page.nextCursor,
        },
      };
    },

    get: async req => ({
      type: 'json',
      status: 200,
      body: toRunView(await requireRun(runs, req.params.runId)),
    }),

    report: async req => {
      const { run } = await requireRun(runs, req.params.runId);
      return { type: 'json', status: 200, body: run.report ?? noReport(run) };
    },
  };
}

/** @throws NotFoundError when there is no such run */
export async function requireRun(
  runs: RunStore,
  runId: string,
): Promise<StoredRun> {
  const stored = await runs.get(runId);
  if (!stored) {
    throw withReason(
      new NotFoundError(`There is no run ${runId}.`),
      'unknown-run',
    );
  }
  return stored;
}

function noReport(run: Run): never {
  if (!isEnded(run.phase)) {
    throw withReason(
      new NotFoundError(
        `Run ${run.id} has no report yet: it is ${run.phase}, and REPORT writes it at the end.`,
      ),
      'report-not-ready',
    );
  }
  throw withReason(
    new NotFoundError(
      `Run ${run.id} has no report: ${
        run.reportProblem ??
        `it ${run.phase === 'failed' ? 'failed' : 'was cancelled'}`
      }`,
    ),
    'no-report',
  );
}
