import {
  DEFAULT_FOOTPRINT,
  KUBERNETES_CAPACITY,
  NOMINAL_DURATIONS,
  countTasks,
  forecast,
  isEnded,
  newRun,
  progress,
  reduce,
} from 'backstage-plugin-pipeline-demo-common';
import type {
  Attempt,
  Capacity,
  PreviewView,
  Report,
  Run,
  RunEvent,
  RunEventBody,
  RunView,
  TaskId,
} from 'backstage-plugin-pipeline-demo-common';

/** When the runs below were asked for: epoch milliseconds. */
export const ASKED_AT = Date.UTC(2026, 10, 24, 14, 2, 11);

/** @returns epoch milliseconds, so many seconds into the run */
export function after(seconds: number): number {
  return ASKED_AT + seconds * 1000;
}

/** @returns a run of so many batches after these events */
export function runAfter(
  batchCount: number,
  events: readonly RunEventBody[] = [],
): Run {
  return events.reduce(
    reduce,
    newRun({
      id: 'r4f2',
      batchCount,
      engine: 'local',
      createdBy: 'user:default/guest',
      createdAt: ASKED_AT,
      seed: 7,
    }),
  );
}

export const launched: RunEventBody = { type: 'Launched', at: after(0.5) };

/** @returns the event that a task's attempt is as given; times in seconds of the run */
export function moved(
  task: TaskId,
  phase: Attempt['phase'],
  times: {
    readonly running?: number;
    readonly ended?: number;
    readonly exitCode?: number;
  } = {},
): RunEventBody {
  const { running = 1, ended, exitCode } = times;
  const started = phase !== 'waiting' && phase !== 'starting';
  return {
    type: 'TaskMoved',
    at: after(ended ?? running),
    task,
    attempt: {
      uid: `uid of ${task}`,
      createdAt: after(0.5),
      phase,
      waitingAt: after(0.5),
      place: 'pid 4711',
      ...(phase === 'waiting' ? {} : { startingAt: after(running) }),
      ...(started ? { runningAt: after(running) } : {}),
      ...(ended === undefined ? {} : { endedAt: after(ended) }),
      ...(exitCode === undefined ? {} : { exitCode }),
    },
  };
}

/** @returns events of a run that succeeds, with its report, and leaves nothing */
export function succeeding(batchCount: number): RunEventBody[] {
  return [
    launched,
    { type: 'DriverExited', at: after(9), outcome: { type: 'succeeded' } },
    { type: 'ReportRead', at: after(9), report: aReport(batchCount) },
    { type: 'NothingLeft', at: after(10) },
  ];
}

/** Events of a run of two batches that succeeds, whose first task is seen at work. */
export const SEEN_RUNNING: readonly RunEventBody[] = [
  launched,
  moved('GENERATE:1', 'running', { running: 1 }),
  moved('GENERATE:1', 'succeeded', { running: 1, ended: 6 }),
  ...succeeding(2).slice(1),
];

/** As the server has them: with numbers, from 1. */
export function numberedEvents(bodies: readonly RunEventBody[]): RunEvent[] {
  return bodies.map((body, index) => ({ ...body, event: index + 1 }));
}

/** @returns events of a run in which a task fails */
export function failing(task: TaskId): RunEventBody[] {
  return [
    launched,
    moved(task, 'failed', { running: 1, ended: 4, exitCode: 3 }),
    {
      type: 'DriverExited',
      at: after(4),
      outcome: {
        type: 'failed',
        reason: 'task-failed',
        message: `${task} ended with exit code 3`,
      },
    },
    { type: 'NothingLeft', at: after(5) },
  ];
}

/** @returns a report in which batch n has n * 10 rows, the sum n * 1000 and the mean 100 */
export function aReport(batchCount: number): Report {
  const batches = Array.from({ length: batchCount }, (_, index) => ({
    batch: index + 1,
    rows: 10 * (index + 1),
    sum: 1000 * (index + 1),
    mean: 100,
    min: 1,
    max: 200 - index,
    stdDev: 20,
  }));
  const total = (key: 'rows' | 'sum') =>
    batches.reduce((sum, batch) => sum + batch[key], 0);
  return {
    v: 1,
    generatedAt: new Date(after(9)).toISOString(),
    batchCount,
    totals: {
      rows: total('rows'),
      sum: total('sum'),
      mean: 100,
      min: 1,
      max: 200,
    },
    batches,
  };
}

/** @returns the run as the HTTP API shows it */
export function viewOf(run: Run, lineCount: number = 0): RunView {
  const iso = (at: number | undefined) =>
    at === undefined ? undefined : new Date(at).toISOString();
  return {
    id: run.id,
    phase: run.phase,
    active: !isEnded(run.phase),
    batchCount: run.batchCount,
    engine: run.engine,
    createdBy: run.createdBy,
    createdAt: new Date(run.createdAt).toISOString(),
    entityRef: run.entityRef,
    finishedAt: iso(run.finishedAt),
    endedAt: iso(run.endedAt),
    cancelAskedBy: run.cancelAskedBy,
    durationSeconds: run.finishedAt && (run.finishedAt - run.createdAt) / 1000,
    outcome: run.outcome,
    progress: progress(run).percent,
    counts: countTasks(run),
    tasks: run.tasks,
    lineCount,
    hasReport: run.report !== undefined,
    links: { self: '', report: '', logs: '', events: '', stream: '' },
  };
}

/** @returns what a run of so many batches will need on a machine with 4 slots */
export function aPreview(
  batchCount: number,
  options: {
    readonly capacity?: Capacity;
    readonly activeRunId?: string;
  } = {},
): PreviewView {
  const capacity = options.capacity ?? { basis: 'slots', at: 0, slots: 4 };
  const onKubernetes = forecast({
    engine: 'kubernetes',
    batchCount,
    footprint: DEFAULT_FOOTPRINT,
    capacity: KUBERNETES_CAPACITY,
    durations: NOMINAL_DURATIONS.kubernetes,
  });
  return {
    ...forecast({
      engine: 'local',
      batchCount,
      footprint: DEFAULT_FOOTPRINT,
      capacity,
      durations: NOMINAL_DURATIONS.local,
    }),
    ...(capacity.basis === 'slots' ? { kubernetes: onKubernetes } : {}),
    activeRunId: options.activeRunId ?? null,
  };
}
