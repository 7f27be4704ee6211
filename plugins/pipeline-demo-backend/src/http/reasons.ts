/**
 * Stable codes of what can go wrong, beside the name of the error: API users
 * and the page switch on them, never on a sentence.
 */
export type Reason =
  | 'invalid-request'
  | 'unauthenticated'
  | 'not-allowed'
  | 'no-such-route'
  | 'not-found'
  | 'conflict'
  | 'unknown-run'
  | 'no-active-run'
  | 'run-ended'
  | 'unknown-task'
  | 'task-not-running'
  | 'not-offered'
  | 'slot-taken'
  | 'cannot-fit'
  | 'report-not-ready'
  | 'no-report'
  | 'too-many-viewers'
  | 'upgrade-required'
  | 'unavailable'
  | 'server-failed';

/** Gives an error its code. */
export function withReason<E extends Error>(
  error: E,
  reason: Reason,
): E & { readonly reason: Reason } {
  return Object.assign(error, { reason });
}

/**
 * For a `catch`: throws the error again, with the code that its name has here.
 */
export function nameReasons(
  reasons: Readonly<Record<string, Reason>>,
): (error: unknown) => never {
  return error => {
    if (error instanceof Error && Object.hasOwn(reasons, error.name)) {
      throw withReason(error, reasons[error.name]);
    }
    throw error;
  };
}
