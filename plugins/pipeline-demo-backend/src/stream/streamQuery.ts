import { InputError } from '@backstage/errors';
import type { ViewerRequest } from '../live/Viewer';

const COUNTS = ['event', 'line', 'tail'] as const;
const KNOWN: ReadonlySet<string> = new Set(['run', ...COUNTS]);
const MAX_ID_LENGTH = 64;

/**
 * Reads the query of an upgrade, which the document's validation does not see.
 *
 * @param url - the request's: a path with a query
 * @throws InputError with a sentence that says what would be right
 */
export function readStreamQuery(url: string): ViewerRequest {
  const query = new URL(url, 'http://localhost').searchParams;
  const unknown = [...query.keys()].filter(key => !KNOWN.has(key));
  if (unknown.length > 0) {
    throw new InputError(
      `A stream knows run, ${COUNTS.join(', ')}, but not ${unknown.join(
        ', ',
      )}.`,
    );
  }
  const run = query.get('run') ?? undefined;
  if (run !== undefined && (run === '' || run.length > MAX_ID_LENGTH)) {
    throw new InputError('run must be the id of a run.');
  }
  const [event, line, tail] = COUNTS.map(key => readCount(query, key));
  return { run, event, line, tail };
}

/** Reads "12.340", the id of a server-sent event. @throws InputError */
export function readEventId(id: string): {
  readonly event: number;
  readonly line: number;
} {
  const match = /^(\d{1,15})\.(\d{1,15})$/.exec(id);
  if (!match) {
    throw new InputError('Last-Event-ID must be two numbers such as 12.340.');
  }
  return { event: Number(match[1]), line: Number(match[2]) };
}

function readCount(query: URLSearchParams, key: string): number | undefined {
  const value = query.get(key);
  if (value === null) {
    return undefined;
  }
  if (!/^\d{1,15}$/.test(value)) {
    throw new InputError(`${key} must be a whole number, 0 or more.`);
  }
  return Number(value);
}
