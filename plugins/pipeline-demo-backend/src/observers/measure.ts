import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { isEnded } from 'backstage-plugin-pipeline-demo-common';
import type {
  LogLine,
  Run,
  RunEvent,
} from 'backstage-plugin-pipeline-demo-common';
import type { Broadcaster } from '../live/Broadcaster';
import type { Clock } from '../ports/Clock';
import type { RunObserver } from '../runs/RunObserver';
import { createInstruments, type Instruments } from './instruments';
import { observeNow } from './observeNow';

/** A run that is kept here, as it was last stored. */
interface Kept {
  run: Run;
  lastLine: number;
  seenAt?: number;
}

/**
 * Measures what keepers do. Who keeps a run measures it, so that nothing is
 * counted twice however many processes there are.
 */
export function measure({
  metrics,
  clock,
  broadcaster,
}: {
  readonly metrics: MetricsService;
  readonly clock: Clock;
  readonly broadcaster: Pick<Broadcaster, 'viewers' | 'counts'>;
}): RunObserver {
  const kept = new Map<string, Kept>();
  const instruments = createInstruments(metrics);
  observeNow({
    ...{ metrics, clock, broadcaster },
    keptRuns: () => [...kept.values()].map(({ run }) => run),
    engineSeenAt: () => newestOf([...kept.values()]),
  });
  return {
    kept(lease, { run, lastLine }) {
      kept.set(run.id, { run, lastLine });
      if (lease.epoch > 1) {
        instruments.leaseChanges.add(1);
      }
    },
    published(update) {
      const of = kept.get(update.runId);
      if (of && 'lines' in update) {
        countLines(instruments, of, update.lines, clock.now());
      } else if (of && 'events' in update) {
        of.run = update.run;
        countEvents(instruments, of, update.events);
      }
    },
    seen(runId, at) {
      const of = kept.get(runId);
      if (of) {
        of.seenAt = at;
      }
    },
    letGo(runId, end) {
      kept.delete(runId);
      if (end === 'lost') {
        instruments.leasesLost.add(1);
      }
    },
  };
}

function countLines(
  { lines: counter, linesMissing, lineFreshness }: Instruments,
  of: Kept,
  lines: readonly LogLine[],
  now: number,
): void {
  const oldest = lines.reduce((at, line) => Math.min(at, line.at), now);
  counter.add(lines.length);
  linesMissing.add(Math.max(0, lines[0].line - of.lastLine - 1));
  lineFreshness.record((now - oldest) / 1000);
  of.lastLine = lines[lines.length - 1].line;
}

function countEvents(
  { gaps, linesMissing, runDuration }: Instruments,
  { run, lastLine }: Kept,
  events: readonly RunEvent[],
): void {
  for (const event of events) {
    if (event.type === 'Gap') {
      gaps.add(1);
    } else if (event.type === 'LogsComplete') {
      linesMissing.add(Math.max(0, event.lastLine - lastLine));
    }
  }
  // It ends once: no event comes after that.
  if (isEnded(run.phase) && run.endedAt !== undefined) {
    runDuration.record(Math.max(0, run.endedAt - run.createdAt) / 1000, {
      outcome: run.phase,
      engine: run.engine,
      batches: run.batchCount,
    });
  }
}

function newestOf(kept: readonly Kept[]): number | undefined {
  const times = kept.flatMap(({ seenAt }) => seenAt ?? []);
  return times.length > 0 ? Math.max(...times) : undefined;
}
