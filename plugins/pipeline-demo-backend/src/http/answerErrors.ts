import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ErrorRequestHandler } from 'express';
import type { Reason } from './reasons';

interface Answerable {
  readonly status: number;
  readonly reason: Reason;
}

const BY_NAME: Readonly<Record<string, Answerable>> = {
  InputError: { status: 400, reason: 'invalid-request' },
  /** A path that cannot be decoded. */
  URIError: { status: 400, reason: 'invalid-request' },
  AuthenticationError: { status: 401, reason: 'unauthenticated' },
  NotAllowedError: { status: 403, reason: 'not-allowed' },
  NotFoundError: { status: 404, reason: 'not-found' },
  NotOfferedError: { status: 404, reason: 'not-offered' },
  UnknownTaskError: { status: 404, reason: 'unknown-task' },
  ConflictError: { status: 409, reason: 'conflict' },
  CannotFitError: { status: 409, reason: 'cannot-fit' },
  ServiceUnavailableError: { status: 503, reason: 'unavailable' },
};

/**
 * The end of the router: what was thrown becomes an answer in the shape of
 * Backstage's errors, with our `reason`. The portal's own handler would do,
 * but it has neither reason nor Retry-After, tells a failing server's secrets,
 * and in development shows stacks.
 */
export function answerErrors(logger: LoggerService): ErrorRequestHandler {
  return (thrown: unknown, req, res, next) => {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    if (res.headersSent) {
      next(error);
      return;
    }
    const { status, reason } = answerOf(error);
    if (status >= 500) {
      logger.error('Request failed', error);
    }
    const retryAfter = numberOf(error, 'retryAfterSeconds');
    if (retryAfter !== undefined) {
      res.set('Retry-After', String(Math.ceil(retryAfter)));
    }
    const known = reason !== 'server-failed';
    res
      .status(status)
      .set('Cache-Control', 'no-store')
      .json({
        error: {
          name: known ? error.name : 'InternalServerError',
          reason,
          message: known
            ? inPlainWords(error.message)
            : 'The server failed; its log says why.',
        },
        request: { method: req.method, url: req.url },
        response: { statusCode: status },
      });
  };
}

/**
 * Without the way in which the document's validation names a value
 * ("request/query/limit must be <= 100"), and without causes: what they say is
 * for the log.
 */
function inPlainWords(message: string): string {
  return message
    .split('; caused by ')[0]
    .replace(/\brequest\/(query|body|params|headers)\//g, '');
}

/**
 * Only our own codes have a say in the status: an error that some other server
 * has answered us with brings a status of its own, which is not ours.
 */
function answerOf(error: Error): Answerable {
  const known = Object.hasOwn(BY_NAME, error.name)
    ? BY_NAME[error.name]
    : { status: 500, reason: 'server-failed' as const };
  const { reason } = error as { readonly reason?: Reason };
  return reason === undefined
    ? known
    : { status: numberOf(error, 'statusCode') ?? known.status, reason };
}

function numberOf(error: Error, key: string): number | undefined {
  const value = (error as unknown as Readonly<Record<string, unknown>>)[key];
  return typeof value === 'number' ? value : undefined;
}
