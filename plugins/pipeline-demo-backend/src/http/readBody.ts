import { InputError } from '@backstage/errors';
import express from 'express';
import type { ErrorRequestHandler, RequestHandler } from 'express';

/** A start request is less than a kilobyte. */
const MAX_BODY = '16kb';

/**
 * Parses JSON bodies, also those that are not objects: that they are refused
 * is for the reader of the request to say, and in better words.
 */
export function readBody(): RequestHandler {
  return express
    .Router()
    .use(requireJson)
    .use(express.json({ strict: false, limit: MAX_BODY }))
    .use(explainParseError);
}

/** A form is what `curl -d` sends by itself: it would be taken for "no body". */
const requireJson: RequestHandler = (req, _res, next) => {
  const hasBody =
    req.headers['transfer-encoding'] !== undefined ||
    Number(req.headers['content-length'] ?? 0) > 0;
  if (hasBody && !req.is('application/json')) {
    throw new InputError(
      'Send the body as JSON, with the header "Content-Type: application/json".',
    );
  }
  next();
};

const explainParseError: ErrorRequestHandler = (error, _req, _res, next) => {
  const type = (error as { readonly type?: string }).type;
  switch (type) {
    case 'entity.parse.failed':
      next(new InputError(`The body is not JSON: ${error.message}.`));
      return;
    case 'entity.too.large':
      next(new InputError(`The body is larger than ${MAX_BODY}.`));
      return;
    default:
      next(error);
  }
};
