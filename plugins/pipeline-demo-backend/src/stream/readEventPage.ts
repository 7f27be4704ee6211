import {
  isEnded,
  type Cursor,
  type LogLine,
  type Run,
  type RunEvent,
} from 'backstage-plugin-pipeline-demo-common';
import type { ViewerRequest } from '../live/Viewer';
import type { LogStore } from '../ports/LogStore';
import type { RunStore, StoredRun } from '../ports/RunStore';

/** A page is bounded by these. */
const PAGE_EVENTS = 500;
const PAGE_LINES = 1_000;

/** One bounded page for those who poll. */
export interface EventPage {
  /** Only when the caller has no events yet: it stands for all of them. */
  readonly run?: Run;
  readonly events: readonly RunEvent[];
  readonly lines: readonly LogLine[];
  /** Number of the page's first line, or of the next one if it has none. */
  readonly firstLine: number;
  readonly lastLine: number;
  readonly cursor: Cursor;
  /** The run has ended and the caller has all of it. */
  readonly complete: boolean;
}

/** What comes after the caller's cursor, up to a page's bounds. */
export async function readEventPage(
  { runs, logs }: { readonly runs: RunStore; readonly logs: LogStore },
  { run, lastLine }: StoredRun,
  request: Omit<ViewerRequest, 'run'>,
): Promise<EventPage> {
  const { event, line, tail = lastLine } = request;
  const seenLine = line ?? Math.max(0, lastLine - tail);
  const [events, lines] = await Promise.all([
    event === undefined ? [] : runs.events(run.id, event, PAGE_EVENTS),
    logs.read(run.id, {
      from: seenLine + 1,
      to: lastLine,
      limit: PAGE_LINES,
    }),
  ]);
  const cursor: Cursor = {
    run: run.id,
    event: events.at(-1)?.event ?? event ?? run.event,
    line: lines.at(-1)?.line ?? seenLine,
  };
  return {
    run: event === undefined ? run : undefined,
    events,
    lines,
    firstLine: seenLine + 1,
    lastLine,
    cursor,
    complete:
      isEnded(run.phase) &&
      cursor.event >= run.event &&
      cursor.line >= lastLine,
  };
}
