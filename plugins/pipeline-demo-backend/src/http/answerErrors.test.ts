import { mockServices } from '@backstage/backend-test-utils';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import express from 'express';
import request from 'supertest';
import { CannotFitError } from '../runs/CannotFitError';
import { SlotTakenError } from '../runs/SlotTakenError';
import { answerErrors } from './answerErrors';
import { nameReasons, withReason } from './reasons';

async function answerTo(thrown: unknown) {
  const logger = mockServices.logger.mock();
  const app = express()
    .get('/it', () => {
      throw thrown;
    })
    .use(answerErrors(logger));
  const { status, body, headers } = await request(app).get('/it?x=1');
  return { status, body, headers, logger };
}

describe('answerErrors', () => {
  it.each([
    [new InputError('no'), 400, 'InputError', 'invalid-request'],
    [new NotAllowedError('no'), 403, 'NotAllowedError', 'not-allowed'],
    [new NotFoundError('no'), 404, 'NotFoundError', 'not-found'],
    [new ConflictError('no'), 409, 'ConflictError', 'conflict'],
    [new CannotFitError('no'), 409, 'CannotFitError', 'cannot-fit'],
    [
      withReason(new NotFoundError('no'), 'unknown-run'),
      404,
      'NotFoundError',
      'unknown-run',
    ],
    [
      Object.assign(withReason(new Error('no'), 'upgrade-required'), {
        statusCode: 426,
      }),
      426,
      'Error',
      'upgrade-required',
    ],
  ])('answers %p with %i', async (error, status, name, reason) => {
    const { body, status: answered, headers } = await answerTo(error);
    expect(answered).toBe(status);
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toEqual({
      error: { name, reason, message: 'no' },
      request: { method: 'GET', url: '/it?x=1' },
      response: { statusCode: status },
    });
  });

  it('says when to come back', async () => {
    const { headers } = await answerTo(new SlotTakenError('busy', 'r1', 4.2));
    expect(headers['retry-after']).toBe('5');
  });

  it.each([
    new Error('password=hunter2 at /etc/secret'),
    Object.assign(new Error('not ours'), { statusCode: 404 }),
    'a text',
  ])('tells nothing of %p, but logs it', async error => {
    const { status, body, logger } = await answerTo(error);
    expect(status).toBe(500);
    expect(body.error).toEqual({
      name: 'InternalServerError',
      reason: 'server-failed',
      message: 'The server failed; its log says why.',
    });
    expect(logger.error).toHaveBeenCalledTimes(1);
  });

  it('leaves out causes, and how the validation names values', async () => {
    const cause = new Error('SELECT * FROM secrets');
    const { body } = await answerTo(new InputError('bad cursor', cause));
    expect(body.error.message).toBe('bad cursor');
    const other = await answerTo(
      new InputError('request/query/limit must be <= 100'),
    );
    expect(other.body.error.message).toBe('limit must be <= 100');
  });
});

describe('nameReasons', () => {
  const rethrow = nameReasons({ NotFoundError: 'no-active-run' });

  it('gives the named error its code and leaves others alone', () => {
    expect(() => rethrow(new NotFoundError('x'))).toThrow(
      expect.objectContaining({ reason: 'no-active-run' }),
    );
    const other = new ConflictError('x');
    expect(() => rethrow(other)).toThrow(other);
    expect(other).not.toHaveProperty('reason');
  });
});
