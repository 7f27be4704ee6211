import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import express, { type RequestHandler } from 'express';
import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerErrors } from '../http/answerErrors';
import { callerOf, type Handler } from '../http/guard';

/** One handler on a server of its own, without validation and guard. */
export interface Served {
  /** Resolves when the headers are there; the body comes as it comes. */
  readonly get: (
    path: string,
    headers?: Record<string, string>,
  ) => Promise<IncomingMessage>;
  readonly stop: () => Promise<void>;
}

/** Serves `/:runId` with the handler; its query has been validated. */
export async function serve(
  handler: Handler<{ runId: string }, unknown, unknown, never>,
): Promise<Served> {
  const answer: RequestHandler<{ runId: string }> = (req, res, next) => {
    handler(req as never, callerOf(mockCredentials.user()), res).then(
      result => {
        if (result.type === 'json') {
          res.status(result.status).json(result.body);
        }
      },
      next,
    );
  };
  const app = express()
    .get('/:runId', answer)
    .use(answerErrors(mockServices.logger.mock()));
  const server = createServer(app);
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    get: async (path, headers = {}) => {
      const asked = request({ host: '127.0.0.1', port, path, headers }).end();
      const [response] = (await once(asked, 'response')) as [IncomingMessage];
      return response;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
