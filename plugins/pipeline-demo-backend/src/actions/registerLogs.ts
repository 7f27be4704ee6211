import type {
  LogLine,
  LogLineView,
} from 'backstage-plugin-pipeline-demo-common';
import { requireRun } from '../http/createHistoryHandlers';
import { compilePattern } from '../http/linePattern';
import { readLogQuery, type LogQuery } from '../http/logQuery';
import { OPERATIONS } from '../http/operations';
import { readLines } from '../http/readLines';
import { toLineView } from '../http/runView';
import { searchLog } from '../http/searchLog';
import type { StoredRun } from '../ports/RunStore';
import type { ActionDeps } from './ActionDeps';

/** Whoever reads an answer of an action reads all of it: no more than this. */
const MAX_LINES = 200;
const DEFAULT_LINES = 50;
const MAX_CHARACTERS = 1_000;

/** Some lines of a log, and where to go on. */
interface SomeLines {
  readonly lines: readonly LogLineView[];
  /** Missing when there is nothing more to look at. */
  readonly nextFrom?: number;
}

/** A range of a run's log, or the lines of it that match. */
export function registerLogs(deps: ActionDeps): void {
  deps.actionsRegistry.register({
    name: 'get-run-logs',
    title: 'Get log lines of a pipeline run',
    description: `
Reads at most ${MAX_LINES} lines of a run's log: from a line number on, or, with grep, those that match. Without "from"
and "grep" it reads the last lines. When "nextFrom" is there, ask again with it as "from". A grep looks at some ten
thousand lines at a time, so an answer without lines but with "nextFrom" means: go on.
    `.trim(),
    attributes: { readOnly: true, idempotent: true, destructive: false },
    visibilityPermission: OPERATIONS.logs.permission,
    schema: {
      input: z =>
        z.object({
          runId: z.string().describe('The run'),
          from: z.number().int().min(1).optional().describe('First line'),
          to: z.number().int().min(1).optional().describe('Last line'),
          tasks: z
            .array(z.string())
            .optional()
            .describe('GENERATE:1, ANALYZE:3, REPORT or driver; else all'),
          grep: z.string().min(1).max(500).optional().describe('What to find'),
          regex: z.boolean().default(false).describe('grep is RE2 syntax'),
          limit: z.number().int().min(1).max(MAX_LINES).default(DEFAULT_LINES),
        }),
      output: z =>
        z.object({
          lines: z.array(
            z.object({
              line: z.number(),
              task: z.string(),
              at: z.string().describe('ISO 8601'),
              text: z.string(),
            }),
          ),
          lineCount: z.number().describe('Lines of the log so far'),
          nextFrom: z.number().optional(),
        }),
    },
    action: ({ input, credentials }) =>
      deps.guard.run(
        OPERATIONS.logs,
        credentials,
        { runId: input.runId },
        async () => {
          const { runId, grep, tasks, regex, ...range } = input;
          const stored = await requireRun(deps.runs, runId);
          const query = readLogQuery(
            {
              ...range,
              task: tasks,
              from: range.from ?? firstLine(stored, input),
              ...(grep === undefined ? {} : { search: grep, regex }),
            },
            undefined,
          );
          const { lines, nextFrom } = await readSome(deps, stored, query);
          return {
            output: {
              lines: lines.map(shorten),
              lineCount: stored.lastLine,
              nextFrom,
            },
          };
        },
      ),
  });
}

function firstLine(
  { lastLine }: StoredRun,
  input: {
    readonly grep?: string;
    readonly to?: number;
    readonly limit: number;
  },
): number {
  const last = Math.min(input.to ?? lastLine, lastLine);
  return input.grep === undefined ? Math.max(1, last - input.limit + 1) : 1;
}

async function readSome(
  { logs, clock, signal }: ActionDeps,
  { run, lastLine }: StoredRun,
  query: LogQuery,
): Promise<SomeLines> {
  const limit = query.limit ?? DEFAULT_LINES;
  if (query.type === 'search') {
    const { matches, cursor } = await searchLog({ logs, clock }, run.id, {
      ...query,
      limit,
      pattern: compilePattern(query.search),
      lastLine,
      signal,
    });
    return { lines: matches, nextFrom: cursor };
  }
  const lines: LogLine[] = [];
  for await (const page of readLines(
    logs,
    run.id,
    query.range,
    lastLine,
    signal,
  )) {
    lines.push(...page.lines.slice(0, limit - lines.length));
    if (lines.length === limit) {
      break;
    }
  }
  const last = lines.at(-1)?.line ?? lastLine;
  const end = Math.min(query.range.to ?? lastLine, lastLine);
  return {
    lines: lines.map(toLineView),
    nextFrom: lines.length === limit && last < end ? last + 1 : undefined,
  };
}

function shorten({ line, task, at, text }: LogLineView): LogLineView {
  return {
    line,
    task,
    at,
    text:
      text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text,
  };
}
