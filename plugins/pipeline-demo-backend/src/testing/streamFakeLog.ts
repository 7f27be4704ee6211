import type { ServerResponse } from 'node:http';
import type { FakeContainerLog } from './FakeContainerLog';

/** Answers with a container's log, from `sinceTime` on, and to its end if `follow` says so. */
export function streamFakeLog(
  response: ServerResponse,
  log: FakeContainerLog,
  query: URLSearchParams,
): void {
  const since = query.get('sinceTime') ?? '';
  response.writeHead(200, { 'content-type': 'text/plain' });
  let next = 0;
  const tell = () => {
    for (; next < log.lines.length; next += 1) {
      const { stamp, text } = log.lines[next];
      if (stamp.slice(0, 19) >= since.slice(0, 19)) {
        response.write(`${stamp} ${text}\n`);
      }
    }
    if (log.hasEnded || query.get('follow') !== 'true') {
      response.end();
    }
  };
  response.on('close', log.onChange(tell));
  tell();
}
