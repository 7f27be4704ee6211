import type { RunPhase } from 'backstage-plugin-pipeline-demo-common';
import { closeRun } from './closeRun';
import type { Pumping } from './closeRun';
import type { KeepContext } from './KeepContext';
import { launchRun } from './launchRun';
import { observeRun } from './observeRun';

/** What is done while a run is in a phase. */
const STEPS = {
  queued: 'launch',
  starting: 'observe',
  running: 'observe',
  finishing: 'close',
  cancelling: 'close',
  succeeded: 'none',
  failed: 'none',
  cancelled: 'none',
} as const satisfies Record<RunPhase, string>;

/**
 * Takes a run from where it is to its end, step by step: each step goes on
 * until the run, as it is stored, asks for another one.
 *
 * @param startPump - begins to read the log, if it is not being read
 * @throws LeaseLostError, or the signal's reason when it is aborted
 */
export async function driveRun(
  context: KeepContext,
  startPump: () => Pumping,
): Promise<void> {
  const { journal } = context;
  for (;;) {
    context.signal.throwIfAborted();
    const step = STEPS[journal.run.phase];
    const signal = AbortSignal.any([
      context.signal,
      journal.during(run => STEPS[run.phase] === step),
    ]);
    switch (step) {
      case 'launch':
        await launchRun(context, signal);
        break;
      case 'observe':
        startPump();
        await observeRun(context, signal);
        break;
      case 'close':
        await closeRun(context, startPump());
        break;
      case 'none':
        return;
      default:
        throw unknownStep(step);
    }
  }
}

function unknownStep(step: never): Error {
  return new Error(`Unknown step: ${step}`);
}
