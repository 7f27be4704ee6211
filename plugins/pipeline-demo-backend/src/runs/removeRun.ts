import { Backoff } from '../live/Backoff';
import { NotPermittedError } from '../ports/Engine';
import { ENGINE_CALL_TIMEOUT_MS, callEngine } from './callEngine';
import type { KeepContext } from './KeepContext';

/** What cannot be removed by then does not hold the slot for ever. */
export const REMOVAL_LIMIT_MS = 5 * 60_000;

/** Between two passes; from the beginning again when the list has changed. */
const PASS_INTERVAL = { minMs: 200, maxMs: 5_000 };

/** An empty list may have missed what was being created at that moment. */
const EMPTY_LISTS_NEEDED = 2;

/**
 * Removes what there is of a run, but for its logs, and lists what is left,
 * until two complete lists are empty, or for `REMOVAL_LIMIT_MS`. A run that the
 * engine has refused has nothing, so it is given up at once where we may not
 * look.
 *
 * @param onLeft - called with each list that differs from the one before
 * @returns what is left: nothing, or what could not be removed
 * @throws the signal's reason when it is aborted
 */
export async function removeRun(
  context: KeepContext,
  onLeft: (objects: readonly string[]) => void,
): Promise<readonly string[]> {
  const { clock, journal, signal } = context;
  const { outcome } = journal.run;
  const isRefused =
    outcome?.type === 'failed' && outcome.reason === 'launch-refused';
  const giveUpAt = clock.now() + REMOVAL_LIMIT_MS;
  const backoff = Backoff.create(PASS_INTERVAL);
  let emptyLists = 0;
  let known = '';
  for (;;) {
    const { left, unseen } = await removeOnce(context);
    signal.throwIfAborted();
    if (unseen && (isRefused || clock.now() >= giveUpAt)) {
      return [unseen];
    }
    emptyLists = left?.length === 0 ? emptyLists + 1 : 0;
    if (left && emptyLists === EMPTY_LISTS_NEEDED) {
      return left;
    }
    if (left && left.length > 0 && clock.now() >= giveUpAt) {
      return left;
    }
    if (left && left.join('\n') !== known) {
      known = left.join('\n');
      backoff.reset();
      onLeft(left);
    }
    await clock.sleep(backoff.next(), signal);
  }
}

/** What a pass has found. */
interface Pass {
  /** What is left, sorted; undefined when that is not known. */
  readonly left?: readonly string[];
  /** Why it cannot be known, as one of the things that are left. */
  readonly unseen?: string;
}

/** One pass. */
async function removeOnce({
  engine,
  spec,
  clock,
  logger,
  signal,
  onSeen,
}: KeepContext): Promise<Pass> {
  const call = <T>(ask: (signal: AbortSignal) => Promise<T>) =>
    callEngine(clock, signal, ENGINE_CALL_TIMEOUT_MS, ask);
  try {
    await call(aborted => engine.remove(spec, 'logs', aborted));
  } catch (error) {
    // What is left is still worth knowing, and what was removed is removed.
    logger.warn('Removing has failed', { error: String(error) });
  }
  try {
    const left = await call(aborted => engine.left(spec, aborted));
    onSeen(clock.now());
    return { left: [...left].sort() };
  } catch (error) {
    logger.warn('What is left is not known', { error: String(error) });
    return error instanceof NotPermittedError
      ? { unseen: `what cannot be seen: ${error.message}` }
      : {};
  }
}
