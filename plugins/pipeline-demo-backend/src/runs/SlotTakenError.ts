import { ConflictError } from '@backstage/errors';

/** Another run holds the only slot, and the caller asked not to wait for it, or has waited long enough. */
export class SlotTakenError extends ConflictError {
  constructor(
    message: string,
    /** The run that holds it. */
    readonly runId: string,
    /** Seconds after which it is worth to try again. */
    readonly retryAfterSeconds: number,
  ) {
    super(message);
  }
}
