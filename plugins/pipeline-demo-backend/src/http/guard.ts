import type {
  AuditorService,
  AuditorServiceEvent,
  BackstageCredentials,
  BackstagePrincipalTypes,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
} from '@backstage/plugin-permission-common';
import type { Request, RequestHandler, Response } from 'express';
import { withReason } from './reasons';

/** Who may do it, and how it is called in the audit log. */
export interface Operation {
  readonly permission: BasicPermission;
  /** In kebab-case. */
  readonly eventId: string;
  /** low for reading, medium for what changes something. */
  readonly severity: 'low' | 'medium';
}

/** Who calls. */
export interface Caller {
  readonly credentials: BackstageCredentials;
  /** Entity ref of a user, subject of a service. */
  readonly ref: string;
}

/** What a handler answers with; the guard writes it. */
export type Answer<Body> =
  | {
      readonly type: 'json';
      readonly status: number;
      readonly body: Frozen<Body>;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** The handler has written the response itself, to its end. */
  | { readonly type: 'written' };

/** Types generated from the document are writable; what we answer with is not. */
export type Frozen<T> = T extends object
  ? { readonly [K in keyof T]: Frozen<T[K]> }
  : T;

/** One operation behind the guard. */
export type Handler<Params, Body, ReqBody, Query> = (
  req: Request<Params, Body, ReqBody, Query>,
  caller: Caller,
  res: Response<Body>,
) => Promise<Answer<Body>>;

type Part<Endpoint, Key extends string, Else> = Key extends keyof Endpoint
  ? Endpoint[Key]
  : Else;

/** The handler of an endpoint as it was generated from the document. */
export type HandlerOf<Endpoint> = Handler<
  Part<Endpoint, 'path', never>,
  Part<Endpoint, 'response', unknown>,
  Part<Endpoint, 'body', unknown>,
  Part<Endpoint, 'query', never>
>;

/** What the guard works with. */
export interface GuardDeps {
  readonly auditor: AuditorService;
  readonly httpAuth: HttpAuthService;
  readonly permissions: PermissionsService;
}

/** The one place that stands before every operation, the stream included. */
export interface Guard {
  /** Credentials, permission and audit around a handler. */
  route<Params, Body, ReqBody, Query>(
    operation: Operation,
    handler: Handler<Params, Body, ReqBody, Query>,
  ): RequestHandler<Params, Body, ReqBody, Query>;
  /** The same around a router of others. */
  before(operation: Operation): RequestHandler;
  /** Permission and audit around work that is not a request of Express. */
  run<T>(
    operation: Operation,
    credentials: BackstageCredentials,
    meta: Readonly<Record<string, string>>,
    work: (caller: Caller) => Promise<T>,
  ): Promise<T>;
  /** Opens an audit event for what is not a request of Express. */
  audit(
    operation: Operation,
    caller: Caller,
    meta: Readonly<Record<string, string>>,
  ): Promise<AuditorServiceEvent>;
  /** @throws NotAllowedError unless the permission is granted */
  require(credentials: BackstageCredentials, to: Operation): Promise<void>;
}

/** Stands before every operation: see `Guard`. */
export function createGuard(deps: GuardDeps): Guard {
  const { auditor, httpAuth } = deps;

  const openEvent = (operation: Operation, req: Request) =>
    auditor.createEvent({
      eventId: operation.eventId,
      severityLevel: operation.severity,
      request: req,
      meta: { ...req.params },
    });

  const openPlainEvent: Guard['audit'] = (operation, caller, meta) =>
    auditor.createEvent({
      eventId: operation.eventId,
      severityLevel: operation.severity,
      meta: { ...meta, actor: caller.ref },
    });

  return {
    require: (credentials, to) => requirePermission(deps, credentials, to),

    audit: openPlainEvent,

    async run(operation, credentials, meta, work) {
      const caller = callerOf(credentials);
      return audited(
        await openPlainEvent(operation, caller, meta),
        async () => {
          await requirePermission(deps, credentials, operation);
          return work(caller);
        },
      );
    },

    before: operation => async (req, _res, next) => {
      const credentials = await httpAuth.credentials(req);
      await audited(await openEvent(operation, req), () =>
        requirePermission(deps, credentials, operation),
      );
      next();
    },

    route: (operation, handler) => async (req, res) => {
      requireValidated(req);
      const credentials = await httpAuth.credentials(req);
      const event = await openEvent(operation, req as Request);
      const answer = await audited(event, async () => {
        await requirePermission(deps, credentials, operation);
        return handler(req, callerOf(credentials), res);
      });
      if (answer.type === 'json') {
        res
          .status(answer.status)
          .set({ 'Cache-Control': 'no-store', ...answer.headers })
          // Nobody writes to an answer, so that it is read-only does not matter.
          .json(answer.body as Parameters<typeof res.json>[0]);
      }
    },
  };
}

/** Who calls, by name. */
export function callerOf(credentials: BackstageCredentials): Caller {
  const principal = credentials.principal as
    | BackstagePrincipalTypes['user']
    | BackstagePrincipalTypes['service']
    | BackstagePrincipalTypes['none'];
  switch (principal.type) {
    case 'user':
      return { credentials, ref: principal.userEntityRef };
    case 'service':
      return { credentials, ref: principal.subject };
    default:
      // Only a portal whose default auth policy is switched off lets them in.
      return { credentials, ref: 'anonymous' };
  }
}

async function requirePermission(
  { permissions }: GuardDeps,
  credentials: BackstageCredentials,
  { permission }: Operation,
): Promise<void> {
  const [decision] = await permissions.authorize([{ permission }], {
    credentials,
  });
  if (decision.result !== AuthorizeResult.ALLOW) {
    throw new NotAllowedError(
      `This needs the permission ${permission.name}, which you have not been granted.`,
    );
  }
}

async function audited<T>(
  event: AuditorServiceEvent,
  work: () => Promise<T>,
): Promise<T> {
  try {
    const result = await work();
    await event.success();
    return result;
  } catch (error) {
    await event.fail({ error: error as Error });
    throw error;
  }
}

/**
 * Express takes `HEAD` for `GET`, which the document's validation does not
 * know and lets pass. What was not validated does not exist.
 */
function requireValidated(req: object): void {
  if (!('openapi' in req) || req.openapi === undefined) {
    throw withReason(
      new NotFoundError('There is no such route; see /openapi.json.'),
      'no-such-route',
    );
  }
}
