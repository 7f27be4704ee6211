import type { LoggerService } from '@backstage/backend-plugin-api';
import { isEnded } from 'backstage-plugin-pipeline-demo-common';
import type { RunEvent } from 'backstage-plugin-pipeline-demo-common';
import type { ChangeFeed } from '../ports/ChangeFeed';
import type { Clock } from '../ports/Clock';
import type { StoredRun } from '../ports/RunStore';
import type { Alarm } from './Alarm';
import { Backoff } from './Backoff';
import { PAGE_LINES } from './readPage';
import type { PageSource } from './readPage';
import type { RunChannel } from './RunChannel';

/** How often the store is looked at for a run that another process keeps. */
const POLL_INTERVAL_MS = 250;

/** The same where changes are told: only in case one was not. */
const TOLD_INTERVAL_MS = 5_000;
const READ_RETRY = { minMs: 500, maxMs: 10_000 };
const PAGE_EVENTS = 200;

/** What `followRun` works with. */
export interface FollowDeps extends PageSource {
  readonly clock: Clock;
  readonly logger: LoggerService;
  /** Tells of changes; without it, the store is polled. */
  readonly changes?: ChangeFeed;
}

/**
 * Keeps a channel up with a run that is not kept in this process: one reader
 * for all its viewers. Numbers are dense, so what is new is what is beyond the
 * head. Returns when the run has ended or is gone, or the signal is aborted.
 *
 * @param changed - rings when the run has changed
 */
export async function followRun(
  deps: FollowDeps,
  channel: RunChannel,
  changed: Alarm,
  signal: AbortSignal,
): Promise<void> {
  const { runs, clock, logger } = deps;
  const intervalMs = deps.changes ? TOLD_INTERVAL_MS : POLL_INTERVAL_MS;
  const { runId } = channel;
  const backoff = Backoff.create(READ_RETRY);
  while (!signal.aborted) {
    try {
      const stored = await runs.get(runId);
      if (!stored || signal.aborted) {
        return;
      }
      await publishNews(deps, channel, stored, signal);
      if (isEnded(stored.run.phase)) {
        return;
      }
      backoff.reset();
      await changed.sleep(intervalMs, signal);
    } catch (error) {
      logger.warn('A run cannot be followed', { runId, error: String(error) });
      await clock.sleep(backoff.next(), signal);
    }
  }
}

/** Lines first: a viewer that sees the end has been given everything before it. */
async function publishNews(
  deps: FollowDeps,
  channel: RunChannel,
  { run, lastLine }: StoredRun,
  signal: AbortSignal,
): Promise<void> {
  if (!channel.head) {
    channel.learn({ run, lastLine });
    return;
  }
  for (let seen = channel.head.lastLine; seen < lastLine; ) {
    const lines = await deps.logs.read(run.id, {
      from: seen + 1,
      to: lastLine,
      limit: PAGE_LINES,
    });
    if (signal.aborted || lines.length === 0) {
      return;
    }
    channel.publishLines(lines);
    seen = lines[lines.length - 1].line;
  }
  const events = await eventsBetween(deps, run.id, {
    after: channel.head.run.event,
    last: run.event,
  });
  if (!signal.aborted && events.length > 0) {
    channel.publishEvents(events, run);
  }
}

async function eventsBetween(
  { runs }: FollowDeps,
  runId: string,
  { after, last }: { readonly after: number; readonly last: number },
): Promise<readonly RunEvent[]> {
  const events: RunEvent[] = [];
  for (let seen = after; seen < last; ) {
    const page = await runs.events(runId, seen, PAGE_EVENTS);
    if (page.length === 0) {
      throw new Error(`The store has no event after ${seen} of ${last}`);
    }
    events.push(...page);
    seen = page[page.length - 1].event;
  }
  return events.filter(({ event }) => event <= last);
}
