import type { ServerResponse } from 'node:http';

/** Answers as the API server does when it refuses. */
export function refuse(
  response: ServerResponse,
  code: number,
  reason: string,
  message: string,
): void {
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(
    JSON.stringify({
      kind: 'Status',
      status: 'Failure',
      code,
      reason,
      message,
    }),
  );
}
