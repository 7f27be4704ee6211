import type { spec } from '../schema/openapi';
import { expectDocumented } from './expectDocumented';

/** An answer with JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // What is in it depends on the route, and is what a test looks at.
  readonly body: ReturnType<typeof JSON.parse>;
}

/** Asks, and expects the answer that the document promises. */
export type Ask = (
  method: string,
  path: keyof typeof spec.paths,
  options?: {
    readonly runId?: string;
    readonly task?: string;
    readonly query?: string;
    readonly body?: unknown;
    readonly headers?: Readonly<Record<string, string>>;
  },
) => Promise<Answer>;

/** Asks the plugin at the base URL. */
export function createAsk(baseUrl: () => string): Ask {
  return async (method, path, options = {}) => {
    const { runId = '', task = '', query = '', body, headers = {} } = options;
    const json = body === undefined ? undefined : JSON.stringify(body);
    const response = await fetch(
      `${baseUrl()}${path
        .replace('{runId}', runId)
        .replace('{task}', task)}${query}`,
      {
        method,
        headers: {
          ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        body: json,
      },
    );
    const answer = await response.json();
    expectDocumented(method, path, response.status, answer);
    return {
      status: response.status,
      headers: response.headers,
      body: answer,
    };
  };
}
