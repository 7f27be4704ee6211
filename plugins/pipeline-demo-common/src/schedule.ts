import type { Durations, PlannedSpan } from './forecast';
import type { Plan } from './plan';
import type { TaskId } from './task';

/** A task to place in time. All times are seconds on one axis. */
export interface ScheduledTask {
  readonly id: TaskId;
  /** Must have ended before this one may start. */
  readonly needs: readonly TaskId[];
  /** How long it runs. */
  readonly seconds: number;
  /** Where it is known to be; missing for a task that has not begun. */
  readonly span?: { readonly from: number; readonly to: number };
}

export interface ScheduleOptions {
  /** How many tasks at once, at least 1. */
  readonly slots: number;
  /** What a task needs, in its slot, before it runs. */
  readonly stepSeconds: number;
  /** The earliest moment at which a task may take a slot. */
  readonly from: number;
}

/** The plan as a schedule wants it, before anything has begun. */
export function steps(
  { tasks, edges }: Plan,
  seconds: Durations['seconds'],
): ScheduledTask[] {
  return tasks.map(({ id, process }) => ({
    id,
    needs: edges.filter(({ to }) => to === id).map(({ from }) => from),
    seconds: seconds[process],
  }));
}

/**
 * List scheduling, first come first served: a task takes the first free slot
 * once all it needs has ended; of two that wait equally long the one that is
 * first in the list. That is how both engines behave.
 *
 * @returns a span for each task, in the order of `tasks`
 */
export function schedule(
  tasks: readonly ScheduledTask[],
  options: ScheduleOptions,
): PlannedSpan[] {
  const spans = new Map<TaskId, { from: number; to: number }>();
  for (const { id, span } of tasks) {
    if (span) {
      spans.set(id, span);
    }
  }
  const freeAt = slotsFreeAt([...spans.values()], options);
  const open = new Set(tasks.filter(task => !task.span));
  while (open.size > 0) {
    const { task, readyAt } = nextTask(open, spans, options.from);
    open.delete(task);
    const slot = freeAt.indexOf(Math.min(...freeAt));
    const from = Math.max(readyAt, freeAt[slot]) + options.stepSeconds;
    const to = from + task.seconds;
    freeAt[slot] = to;
    spans.set(task.id, { from, to });
  }
  return tasks.map(({ id }) => {
    const { from, to } = spans.get(id)!;
    return { task: id, from: toMilliseconds(from), to: toMilliseconds(to) };
  });
}

/** Without the noise of adding fractions. */
function toMilliseconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}

/** When each slot is free, given the tasks that have begun. */
function slotsFreeAt(
  begun: readonly { readonly to: number }[],
  { slots, from }: ScheduleOptions,
): number[] {
  const busyUntil = begun.map(({ to }) => to).filter(to => to > from);
  const idle = new Array<number>(Math.max(0, slots - busyUntil.length));
  // With more at work than slots (a limit that was lowered), the first to end
  // make no room for another.
  return [...idle.fill(from), ...busyUntil.sort((a, b) => b - a)].slice(
    0,
    slots,
  );
}

function nextTask(
  open: ReadonlySet<ScheduledTask>,
  spans: ReadonlyMap<TaskId, { readonly to: number }>,
  from: number,
): { task: ScheduledTask; readyAt: number } {
  const ready = [...open]
    .filter(task => task.needs.every(id => spans.has(id)))
    .map(task => ({
      task,
      readyAt: Math.max(from, ...task.needs.map(id => spans.get(id)!.to)),
    }));
  if (ready.length === 0) {
    throw new Error('The plan has a circle: no task can ever start');
  }
  return ready.reduce((a, b) => (b.readyAt < a.readyAt ? b : a));
}
