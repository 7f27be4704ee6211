import type { Run } from 'backstage-plugin-pipeline-demo-common';
import { Backoff } from '../live/Backoff';
import type { LogPump } from '../logs/LogPump';
import { ENGINE_CALL_TIMEOUT_MS, callEngine } from './callEngine';
import type { KeepContext } from './KeepContext';
import { removeRun } from './removeRun';
import { waitAtMost } from './waitAtMost';

/** A driver has ended in good order: its logs end by themselves. */
const LOG_DRAIN_TIMEOUT_MS = 60_000;

/** Tasks may be alive, and write: their logs end when they have been removed. */
const ORPHAN_DRAIN_TIMEOUT_MS = 5_000;
const REMOVED_DRAIN_TIMEOUT_MS = 10_000;

/** A report that could not be read by then is unreadable. */
const REPORT_LIMIT_MS = 60_000;
const REPORT_RETRY = { minMs: 250, maxMs: 5_000 };

/** The pump of the run's log, and its end. */
export interface Pumping {
  readonly pump: LogPump;
  readonly ended: Promise<void>;
}

/**
 * From the outcome, or the wish to cancel, to the end: the log to its last
 * line, the report, the removal of all that is left. Returns when the run has
 * ended.
 *
 * @throws the signal's reason when it is aborted
 */
export async function closeRun(
  context: KeepContext,
  pumping: Pumping,
): Promise<void> {
  const { journal, clock, signal } = context;
  const drain = drainTimes(journal.run);
  await Promise.all([
    waitAtMost(clock, signal, drain.beforeMs, pumping.ended),
    readReport(context),
  ]);
  if (pumping.pump.drained || drain.afterMs === 0) {
    await completeLog(context, pumping);
  }
  const left = await removeRun(context, objects => {
    journal.add({ type: 'ObjectsLeft', at: clock.now(), objects });
  });
  await waitAtMost(clock, signal, drain.afterMs, pumping.ended);
  await completeLog(context, pumping);
  const at = clock.now();
  journal.add(
    left.length === 0
      ? { type: 'NothingLeft', at }
      : { type: 'RemovalGivenUp', at, objects: left },
  );
  await journal.settled();
}

/** Whether the driver has ended by itself: then the log is read to its end before anything is removed. */
export function endedInGoodOrder({ outcome }: Run): boolean {
  return (
    outcome?.type === 'succeeded' ||
    outcome?.reason === 'task-failed' ||
    outcome?.reason === 'driver-failed'
  );
}

/** How long the log may take to its end, before and after the removal. */
function drainTimes(run: Run): {
  readonly beforeMs: number;
  readonly afterMs: number;
} {
  if (run.phase === 'cancelling') {
    return { beforeMs: 0, afterMs: REMOVED_DRAIN_TIMEOUT_MS };
  }
  return endedInGoodOrder(run)
    ? { beforeMs: LOG_DRAIN_TIMEOUT_MS, afterMs: 0 }
    : { beforeMs: ORPHAN_DRAIN_TIMEOUT_MS, afterMs: REMOVED_DRAIN_TIMEOUT_MS };
}

/** No line comes after this. What was not read in time is a gap. */
async function completeLog(
  { journal, clock, signal }: KeepContext,
  { pump, ended }: Pumping,
): Promise<void> {
  if (journal.run.logsComplete) {
    return;
  }
  pump.stop();
  await ended;
  signal.throwIfAborted();
  const at = clock.now();
  const { finishedAt = at } = journal.run;
  if (!pump.drained) {
    journal.add({
      type: 'Gap',
      at,
      task: 'driver',
      afterLine: pump.lastLine,
      from: finishedAt,
      to: at,
      reason: 'the log could not be read to its end in time',
    });
  }
  journal.add({ type: 'LogsComplete', at, lastLine: pump.lastLine });
  await journal.settled();
}

async function readReport({
  engine,
  spec,
  journal,
  clock,
  logger,
  signal,
}: KeepContext): Promise<void> {
  const { outcome, report, reportProblem } = journal.run;
  const due = outcome?.type === 'succeeded' && !report && !reportProblem;
  const backoff = Backoff.create(REPORT_RETRY);
  const giveUpAt = clock.now() + REPORT_LIMIT_MS;
  while (due && !signal.aborted) {
    try {
      const reading = await callEngine(
        clock,
        signal,
        ENGINE_CALL_TIMEOUT_MS,
        aborted => engine.report(spec, aborted),
      );
      const at = clock.now();
      journal.add(
        reading.type === 'report'
          ? { type: 'ReportRead', at, report: reading.report }
          : { type: 'ReportUnreadable', at, message: reading.message },
      );
      return;
    } catch (error) {
      const message = String(error);
      logger.warn('The report cannot be read', { message });
      if (clock.now() >= giveUpAt) {
        journal.add({ type: 'ReportUnreadable', at: clock.now(), message });
        return;
      }
      await clock.sleep(backoff.next(), signal);
    }
  }
}
