import { CustomErrorBase } from '@backstage/errors';

/**
 * The engine has not the capacity that a run needs at the least; the message
 * is the verdict's reason. Answered with 409.
 */
export class CannotFitError extends CustomErrorBase {
  readonly name = 'CannotFitError' as const;
  readonly statusCode = 409 as const;
}
