import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ErrorRequestHandler } from 'express';
import type { Reason } from './reasons';

interface Answerable {
  readonly status: number;
  readonly reason: Reason;
}

const BY_NAME: Readonly<Record<string, Answerable>> = {
  InputError: { status: 400, reason: 'invalid-request' },
  AuthenticationError: { status: 401, reason: 'unauthenticated' },
  NotAllowedError: { status: 403, reason: 'not-allowed' },
  NotFoundError: { status: 404, reason: 'not-found' },
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

/** "request/query/limit must be <= 100", says the document's validation. */
function inPlainWords(message: string): string {
  return message.replace(/\brequest\/(query|body|params|headers)\//g, '');
}

function answerOf(error: Error): Answerable {
  const known = Object.hasOwn(BY_NAME, error.name)
    ? BY_NAME[error.name]
    : undefined;
  const reason = (error as { readonly reason?: Reason }).reason;
  const status = numberOf(error, 'statusCode') ?? known?.status ?? 500;
  return { status, reason: reason ?? known?.reason ?? 'server-failed' };
}

function numberOf(error: Error, key: string): number | undefined {
  const value = (error as unknown as Readonly<Record<string, unknown>>)[key];
  return typeof value === 'number' ? value : undefined;
}
