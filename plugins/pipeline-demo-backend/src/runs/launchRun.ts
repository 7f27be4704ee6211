import type { RunEventBody } from 'backstage-plugin-pipeline-demo-common';
import { Backoff } from '../live/Backoff';
import { LaunchRefusedError } from '../ports/Engine';
import { callEngine } from './callEngine';
import type { KeepContext } from './KeepContext';

/** A run that the engine has not taken by then, counted from its creation, has failed. */
const LAUNCH_LIMIT_MS = 10 * 60_000;

const LAUNCH_RETRY = { minMs: 500, maxMs: 15_000 };

/**
 * Launches a queued run, as often as it takes: what exists already with our
 * mark is success. The lease outlives each call, so that no other owner can
 * give the run up meanwhile.
 *
 * @param signal - aborted when the run leaves its phase, or the keeper stops;
 *   this returns only after the call that is under way has returned
 * @throws LeaseLostError
 */
export async function launchRun(
  context: KeepContext,
  signal: AbortSignal,
): Promise<void> {
  const { journal, clock, lease } = context;
  const backoff = Backoff.create(LAUNCH_RETRY);
  while (!signal.aborted) {
    await lease.require(lease.callTimeoutMs, signal);
    const fact = await tryLaunch(context, signal);
    if (fact) {
      journal.add(fact);
      await journal.settled();
      return;
    }
    await clock.sleep(backoff.next(), signal);
  }
}

/** What came of it; undefined means "try again". */
async function tryLaunch(
  { engine, spec, clock, logger, lease }: KeepContext,
  signal: AbortSignal,
): Promise<RunEventBody | undefined> {
  try {
    await callEngine(clock, signal, lease.callTimeoutMs, aborted =>
      engine.launch(spec, aborted),
    );
    return { type: 'Launched', at: clock.now() };
  } catch (error) {
    const at = clock.now();
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof LaunchRefusedError) {
      const { code } = error;
      return code === undefined
        ? { type: 'LaunchRefused', at, message }
        : { type: 'LaunchRefused', at, message, code };
    }
    if (signal.aborted) {
      return undefined;
    }
    if (at >= spec.createdAt + LAUNCH_LIMIT_MS) {
      return { type: 'Deadline', at, message: `Not launched: ${message}` };
    }
    logger.warn('The launch has failed, and is tried again', { message });
    return undefined;
  }
}
