import type { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import express, { type RequestHandler } from 'express';
import Router from 'express-promise-router';
import { createOpenApiRouter } from '../schema/openapi';
import {
  createFallbackRoutes,
  type FallbackDeps,
} from '../stream/createFallbackRoutes';
import { answerErrors } from './answerErrors';
import { batchCountOfQuery } from './batchCount';
import {
  createCheckHandler,
  type CheckHandlerDeps,
} from './createCheckHandler';
import { createHealthHandler, type HealthDeps } from './createHealthHandler';
import { createHistoryHandlers } from './createHistoryHandlers';
import { createLogHandler } from './createLogHandler';
import { createRunHandlers, type RunHandlersDeps } from './createRunHandlers';
import { createStatusHandler, type StatusDeps } from './createStatusHandler';
import type { Guard } from './guard';
import { OPERATIONS } from './operations';
import { readBody } from './readBody';
import { withReason } from './reasons';
import { readStartRequest } from './startRequest';

/** What the HTTP API stands on. */
export type RouterDeps = CheckHandlerDeps &
  FallbackDeps &
  HealthDeps &
  RunHandlersDeps &
  StatusDeps & {
    readonly guard: Guard;
    readonly logger: LoggerService;
  };

/** Routes that need no token; whoever mounts the router opens them. */
export const OPEN_PATHS = ['/health', '/healthz'] as const;

/**
 * The HTTP API as `schema/openapi.yaml` has it: each request is validated by
 * the document, passes the guard, and is answered by a handler.
 */
export async function createRouter(deps: RouterDeps): Promise<express.Router> {
  const { route, before } = deps.guard;
  const runs = createRunHandlers(deps);
  const history = createHistoryHandlers(deps);
  const fallback = createFallbackRoutes(deps);
  const health = createHealthHandler(deps);

  const api = await createOpenApiRouter({
    middleware: [readBody(), explainBatchCount()],
    // The portal has authenticated the caller before anybody comes here.
    validatorOptions: { validateSecurity: false },
  });
  api.post('/demo/run', route(OPERATIONS.start, runs.start));
  api.get('/demo/preview', route(OPERATIONS.preview, runs.preview));
  api.get('/demo/check', route(OPERATIONS.check, createCheckHandler(deps)));
  api.get('/demo/status', route(OPERATIONS.status, createStatusHandler(deps)));
  api.get('/demo/active', route(OPERATIONS.active, history.active));
  api.delete('/demo/cancel', route(OPERATIONS.cancelActive, runs.cancelActive));
  api.get('/demo/history', route(OPERATIONS.history, history.list));
  api.get('/demo/runs/:runId', route(OPERATIONS.get, history.get));
  api.delete('/demo/runs/:runId', route(OPERATIONS.cancelRun, runs.cancelRun));
  api.post(
    '/demo/runs/:runId/tasks/:task/break',
    route(OPERATIONS.breakTask, runs.breakTask),
  );
  api.get('/demo/runs/:runId/report', route(OPERATIONS.report, history.report));
  api.get(
    '/demo/runs/:runId/logs',
    route(OPERATIONS.logs, createLogHandler(deps)),
  );
  api.get(
    '/demo/runs/:runId/events',
    route(OPERATIONS.events, fallback.events),
  );
  api.get('/pipeline/stream', route(OPERATIONS.stream, fallback.plainStream));
  api.get('/health', health);
  api.get('/healthz', health);

  const router = Router();
  // The document itself is served by the typed router.
  router.get('/openapi.json', before(OPERATIONS.document));
  router.use(api);
  router.use(['/demo', '/pipeline'], noSuchRoute);
  router.use(answerErrors(deps.logger));
  return router;
}

const noSuchRoute: RequestHandler = req => {
  throw withReason(
    new NotFoundError(
      `There is no ${req.method} ${req.originalUrl}; see /openapi.json.`,
    ),
    'no-such-route',
  );
};

/**
 * Looks at batch counts before the document's validation does, whose words
 * ("request/body/batchCount must be <= 12") help nobody.
 */
function explainBatchCount(): RequestHandler {
  const router = express.Router();
  router.post('/demo/run', (req, _res, next) => {
    readStartRequest(req.body, req.query);
    next();
  });
  router.get('/demo/preview', (req, _res, next) => {
    batchCountOfQuery(req.query);
    next();
  });
  return router;
}
