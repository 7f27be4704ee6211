import {
  plan,
  type Attempt,
  type PlannedSpan,
  type Run,
  type Task,
  type TaskId,
} from 'backstage-plugin-pipeline-demo-common';
import type { PhaseName } from './Phase';
import { lookOf } from './taskLook';

/** A stretch of time in seconds since the run was asked for. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What an attempt did in a stretch of time. */
export interface TimelinePart extends Span {
  readonly kind: 'waiting' | 'starting' | 'running';
  /** Colours it. */
  readonly phase: PhaseName;
}

/** A task in time. */
export interface TimelineRow {
  readonly task: Task;
  readonly parts: readonly TimelinePart[];
  /** What is still to come, as far as is known. */
  readonly ghost?: Span;
  /** Seconds that a finished task ran longer than forecast. */
  readonly difference?: number;
}

/**
 * The first step of the timeline: what happened when, and what will.
 *
 * @param spans - the forecast
 * @param now - epoch milliseconds of the run's clock
 */
export function timelineRows(
  run: Run,
  spans: readonly PlannedSpan[],
  now: number,
): TimelineRow[] {
  const seconds = (at: number) => Math.max(0, (at - run.createdAt) / 1000);
  const { edges } = plan(run.batchCount);
  /** When each task ends, or is foretold to: those before it in the plan are known. */
  const ends = new Map<TaskId, number>();
  return run.tasks.map(task => {
    const { phase } = lookOf(run, task, now);
    const planned = spans.find(span => span.task === task.id);
    const parts = task.attempts.flatMap((attempt, index) =>
      partsOf(attempt, {
        phase: index === task.attempts.length - 1 ? phase : 'failed',
        seconds,
        now,
        // Nothing waits any more once it is known how the run ends.
        waitsUntil: run.finishedAt ?? now,
      }),
    );
    const needed = edges.filter(({ to }) => to === task.id);
    const ghost =
      planned &&
      ghostOf(run, task, planned, parts, {
        now: seconds(now),
        ready: Math.max(0, ...needed.map(({ from }) => ends.get(from) ?? 0)),
      });
    ends.set(task.id, ghost?.to ?? parts[parts.length - 1]?.to ?? 0);
    return {
      task,
      parts,
      ghost,
      difference: planned && differenceOf(task, planned, parts),
    };
  });
}

function partsOf(
  attempt: Attempt,
  options: {
    readonly phase: PhaseName;
    readonly seconds: (at: number) => number;
    readonly now: number;
    readonly waitsUntil: number;
  },
): TimelinePart[] {
  const { phase, seconds, now, waitsUntil } = options;
  const { waitingAt, startingAt, runningAt, endedAt } = attempt;
  const end = seconds(endedAt ?? now);
  const stretch = (
    kind: TimelinePart['kind'],
    from: number | undefined,
    to: number | undefined,
  ): TimelinePart[] =>
    from === undefined
      ? []
      : [
          {
            kind,
            phase,
            from: seconds(from),
            to: Math.max(seconds(from), to === undefined ? end : seconds(to)),
          },
        ];
  return [
    ...stretch(
      'waiting',
      waitingAt,
      startingAt ?? runningAt ?? endedAt ?? waitsUntil,
    ),
    ...stretch('starting', startingAt, runningAt),
    ...stretch('running', runningAt, undefined),
  ];
}

/** The forecast, moved to where it can still come true. */
function ghostOf(
  run: Run,
  task: Task,
  planned: PlannedSpan,
  parts: readonly TimelinePart[],
  /** `ready`: when all that it needs has ended. */
  { now, ready }: { readonly now: number; readonly ready: number },
): Span | undefined {
  const length = planned.to - planned.from;
  if (run.finishedAt !== undefined) {
    return undefined;
  }
  switch (task.phase) {
    case 'running': {
      const running = parts.find(part => part.kind === 'running');
      const to = (running?.from ?? now) + length;
      return to > now ? { from: now, to } : undefined;
    }
    case 'planned':
    case 'waiting':
    case 'starting': {
      const from = Math.max(now, ready, planned.from);
      return { from, to: from + length };
    }
    default:
      return undefined;
  }
}

function differenceOf(
  task: Task,
  planned: PlannedSpan,
  parts: readonly TimelinePart[],
): number | undefined {
  const running = parts[parts.length - 1];
  return task.phase === 'succeeded' && running?.kind === 'running'
    ? running.to - running.from - (planned.to - planned.from)
    : undefined;
}
