import { InputError } from '@backstage/errors';
import {
  BATCH_COUNT,
  type LogTask,
} from 'backstage-plugin-pipeline-demo-common';

/** Which lines of a run are wanted. */
export interface LineRange {
  readonly from: number;
  /** Missing: the last one there is. */
  readonly to?: number;
  /** Missing: all tasks. */
  readonly tasks?: ReadonlySet<LogTask>;
}

/** What `GET /demo/runs/{runId}/logs` asks for. */
export type LogQuery =
  | {
      readonly type: 'download';
      readonly range: LineRange;
      /** Missing: every line. */
      readonly search?: SearchText;
      readonly format: 'text' | 'ndjson';
      readonly limit?: number;
      /** Whether a browser should save it. */
      readonly attachment: boolean;
    }
  | {
      readonly type: 'search';
      readonly range: LineRange;
      readonly search: SearchText;
      readonly limit: number;
    };

/** What is looked for. */
export interface SearchText {
  readonly text: string;
  readonly syntax: 'plain' | 'regex';
  readonly letterCase: 'sensitive' | 'insensitive';
}

/** The parameters once the document's validation has converted them. */
interface ValidatedQuery {
  readonly format?: 'text' | 'ndjson';
  readonly from?: number;
  readonly to?: number;
  readonly task?: readonly string[];
  readonly download?: boolean;
  readonly search?: string;
  readonly regex?: boolean;
  readonly caseSensitive?: boolean;
  readonly cursor?: number;
  readonly limit?: number;
}

const DEFAULT_MATCHES = 100;

const ONLY_SEARCH =
  'regex, caseSensitive and cursor belong to a search; add search=, or leave them out.';

const { max: MAX_BATCH } = BATCH_COUNT;
const TASK = /^(?:(?:GENERATE|ANALYZE):(\d{1,2})|REPORT|driver)$/;

/**
 * Reads what is asked of a log.
 *
 * @param validated - the query after the document's validation; its generated
 *   type has a wrong name for `from`
 * @param accept - the Accept header, which decides the format without `format`
 * @throws InputError for parameters that mean nothing together
 */
export function readLogQuery(
  validated: unknown,
  accept: string | undefined,
): LogQuery {
  const query = validated as ValidatedQuery;
  const range: LineRange = {
    from: Math.max(query.from ?? 1, query.cursor ?? 1),
    to: query.to,
    tasks: query.task && new Set(query.task.map(requireTask)),
  };
  if (query.to !== undefined && (query.from ?? 1) > query.to) {
    throw new InputError(
      `from is ${query.from} and to is ${query.to}; from must not be larger.`,
    );
  }
  const search = searchTextOf(query);
  // Who names a format, or wants a file, wants the lines themselves.
  if (search && query.format === undefined && !query.download) {
    return {
      type: 'search',
      range,
      search,
      limit: query.limit ?? DEFAULT_MATCHES,
    };
  }
  if (query.cursor !== undefined) {
    throw new InputError(
      search
        ? 'cursor belongs to a search that answers with matches; leave out format and download, or use from=.'
        : ONLY_SEARCH,
    );
  }
  return {
    type: 'download',
    range,
    search,
    format:
      query.format ??
      (accept?.includes('application/x-ndjson') ? 'ndjson' : 'text'),
    limit: query.limit,
    attachment: query.download ?? false,
  };
}

/** @throws InputError for what belongs to a search without one */
function searchTextOf(query: ValidatedQuery): SearchText | undefined {
  if (query.search !== undefined) {
    return {
      text: query.search,
      syntax: query.regex ? 'regex' : 'plain',
      letterCase: query.caseSensitive ? 'sensitive' : 'insensitive',
    };
  }
  if (query.regex || query.caseSensitive) {
    throw new InputError(ONLY_SEARCH);
  }
  return undefined;
}

function requireTask(task: string): LogTask {
  const batch = Number(TASK.exec(task)?.at(1) ?? 1);
  if (!TASK.test(task) || batch < 1 || batch > MAX_BATCH) {
    throw new InputError(
      `task must be GENERATE:1 to GENERATE:${MAX_BATCH}, ANALYZE:1 to ANALYZE:${MAX_BATCH}, REPORT or driver, not ${task}.`,
    );
  }
  return task;
}
