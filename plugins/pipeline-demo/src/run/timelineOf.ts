import {
  isEnded,
  type Forecast,
  type Run,
} from 'backstage-plugin-pipeline-demo-common';
import { runSeconds } from './taskLook';
import { timelineRows } from './timelineRows';
import type { Span, TimelineRow } from './timelineRows';

/** What a timeline shows. Times in seconds since the run was asked for. */
export interface TimelineContent {
  readonly rows: readonly TimelineRow[];
  /** The line of now; missing before the run goes on, and after. */
  readonly now?: number;
  /** What happened while the connection was lost: nobody here knows. */
  readonly unseen?: Span;
  /** How much time the axis has to show at least. */
  readonly seconds: number;
}

/** What the run is, and what is known about it. */
export interface TimelineFacts {
  readonly run: Run;
  /** Epoch milliseconds of the run's clock. */
  readonly now: number;
  readonly forecast?: Forecast;
  /** Up to when nothing was seen since `now`, in epoch milliseconds; missing: it is seen. */
  readonly unseenTo?: number;
}

/** Rows, the line of now, what was not seen, and how long the axis is. */
export function timelineOf(facts: TimelineFacts): TimelineContent {
  const { run, now, forecast } = facts;
  const rows = timelineRows(run, forecast?.spans ?? [], now);
  const goesOn = run.outcome === undefined && !isEnded(run.phase);
  // While it is cancelled the run's own time stands still, but not ours.
  const elapsed = goesOn ? (now - run.createdAt) / 1000 : runSeconds(run, now);
  const seen = Math.max(
    elapsed,
    isEnded(run.phase) ? 0 : forecast?.durationSeconds ?? 0,
    ...rows.map(row => row.ghost?.to ?? 0),
    ...rows.flatMap(row => row.parts.map(part => part.to)),
  );
  const unseen = goesOn ? unseenSpan(facts) : undefined;
  return {
    rows,
    // While it is queued nothing happens that time could be shown of.
    now: goesOn && run.phase !== 'queued' ? elapsed : undefined,
    unseen,
    // A connection that is lost for hours does not squeeze what was seen.
    seconds: Math.max(seen, Math.min(unseen?.to ?? 0, 2 * seen)),
  };
}

function unseenSpan({ run, now, unseenTo }: TimelineFacts): Span | undefined {
  if (unseenTo === undefined || unseenTo <= now) {
    return undefined;
  }
  const seconds = (at: number) => Math.max(0, (at - run.createdAt) / 1000);
  return { from: seconds(now), to: seconds(unseenTo) };
}
