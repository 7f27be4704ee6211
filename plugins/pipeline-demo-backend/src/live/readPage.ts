import type { LogStore } from '../ports/LogStore';
import type { RunStore } from '../ports/RunStore';
import { eventFrame, linesFrames } from './frames';
import type { Frame } from './frames';
import type { Head } from './RunChannel';

/** Bounds of one page. */
export const PAGE_LINES = 500;
const PAGE_EVENTS = 200;

/** What pages are read from. */
export interface PageSource {
  readonly runs: RunStore;
  readonly logs: LogStore;
}

/**
 * The next page that somebody at `cursor` has not seen: events first, as they
 * are few and say more. Empty when the cursor is at the head, beyond which it
 * does not read: what is not published yet will be.
 *
 * @throws when the store does not answer, or has a hole: the caller comes back
 */
export async function readPage(
  { runs, logs }: PageSource,
  { run, lastLine }: Head,
  cursor: { readonly event: number; readonly line: number },
): Promise<readonly Frame[]> {
  if (cursor.event < run.event) {
    const missing = run.event - cursor.event;
    const limit = Math.min(missing, PAGE_EVENTS);
    const events = await runs.events(run.id, cursor.event, limit);
    requireNext('event', cursor.event, events[0]?.event);
    return events.map(event => eventFrame(run.id, event));
  }
  if (cursor.line < lastLine) {
    const lines = await logs.read(run.id, {
      from: cursor.line + 1,
      to: lastLine,
      limit: PAGE_LINES,
    });
    requireNext('line', cursor.line, lines[0]?.line);
    return linesFrames(run.id, lines);
  }
  return [];
}

function requireNext(
  part: 'event' | 'line',
  seen: number,
  next: number | undefined,
): void {
  if (next !== seen + 1) {
    throw new Error(
      `The store gave ${part} ${next ?? 'none'} where ${seen + 1} comes next`,
    );
  }
}
