import { isDriverState, moveDriver } from './driver';
import type { RunEventBody, RunEventType } from './event';
import { closeTask, completeTask, isAttempt, moveTask } from './moveTask';
import type { FailureReason, LogGap, Outcome, Run, RunPhase } from './run';
import { sameValue } from './sameValue';
import type { Task } from './task';

type Body<T extends RunEventType> = Extract<RunEventBody, { readonly type: T }>;

/** The run after the event, without its new number; the same object when nothing changes. */
type Move<T extends RunEventType> = (run: Run, body: Body<T>) => Run;

type Moves = {
  readonly [T in RunEventType]: readonly [
    queued: Move<T>,
    starting: Move<T>,
    running: Move<T>,
    finishing: Move<T>,
    cancelling: Move<T>,
  ];
};

/** The columns of the table. In the three ended phases nothing changes any more. */
const COLUMNS: readonly RunPhase[] = [
  'queued',
  'starting',
  'running',
  'finishing',
  'cancelling',
];

const same = (run: Run): Run => run;

/**
 * The legal moves. A run goes queued -> starting -> running -> finishing or
 * cancelling -> succeeded, failed or cancelled, and never back.
 *
 * - `same`: nothing changes, and the same object comes back: the caller
 *   stores an event only if the run is another object.
 * - DriverMoved tells why the first task is late; the phase of a run that has
 *   one is its tasks', and after the end the outcome says more.
 * - JobMissing in queued: the launch is repeated, and nothing has happened.
 * - The first outcome stands, and so does the first wish to cancel.
 * - While finishing or cancelling a task that has ended stays as it is: a
 *   late fact completes attempts and their times. While cancelling, what is
 *   still open may go on and end by itself; while finishing nothing is open,
 *   and what is first seen then counts as cancelled.
 * - The slot is free in the ended phases, that is after NothingLeft, or after
 *   RemovalGivenUp names what could not be removed.
 */
// prettier-ignore
const MOVES: Moves = {
  //                  queued     starting   running    finishing     cancelling
  Launched:          [launched,  same,      same,      same,         same],
  TaskMoved:         [same,      taskMoved, taskMoved, lateTaskFact, lateTaskFact],
  DriverMoved:       [same,      driverMoved, driverMoved, same,       same],
  CancelAsked:       [cancel,    cancel,    cancel,    same,         same],
  DriverExited:      [same,      exited,    exited,    same,         same],
  Deadline:          [deadline,  deadline,  deadline,  same,         same],
  JobMissing:        [same,      jobGone,   jobGone,   same,         same],
  LaunchRefused:     [refused,   same,      same,      same,         same],
  ObjectsLeft:       [same,      same,      same,      objectsLeft,  objectsLeft],
  NothingLeft:       [same,      same,      same,      finished,     cancelled],
  RemovalGivenUp:    [same,      same,      same,      givenUp,      givenUp],
  ReportRead:        [same,      same,      same,      reportRead,   same],
  ReportUnreadable:  [same,      same,      same,      noReport,     same],
  Gap:               [same,      gap,       gap,       gap,          gap],
  LogsComplete:      [same,      logsDone,  logsDone,  logsDone,     logsDone],
  TakenOver:         [takenOver, takenOver, takenOver, takenOver,    takenOver],
};

/**
 * The run after an event. Pure, and without a clock: `body.at` is given. Used
 * by the server and by the page, so that they cannot disagree.
 *
 * @returns the same object when the event is not legal here, says nothing new
 *   or is malformed; else a run whose `event` is one higher
 * @public
 */
export function reduce(run: Run, body: RunEventBody): Run {
  const next = Number.isFinite(body.at) ? move(run, body.type, body) : run;
  return next === run ? run : { ...next, event: run.event + 1 };
}

function move<T extends RunEventType>(run: Run, type: T, body: Body<T>): Run {
  // An event of a newer server is not in the table; nothing is, for an ended run.
  const legal: Move<T> | undefined = MOVES[type]?.[COLUMNS.indexOf(run.phase)];
  return legal ? legal(run, body) : run;
}

function launched(run: Run, body: Body<'Launched'>): Run {
  return { ...run, phase: 'starting', launchedAt: body.at };
}

function taskMoved(run: Run, body: Body<'TaskMoved'>): Run {
  const tasks = changeTask(run, body, moveTask);
  return tasks === run.tasks ? run : { ...run, phase: 'running', tasks };
}

function driverMoved(run: Run, body: Body<'DriverMoved'>): Run {
  if (!isDriverState(body.driver)) {
    return run;
  }
  const driver = moveDriver(run.driver, body.driver);
  return driver === run.driver ? run : { ...run, driver };
}

function lateTaskFact(run: Run, body: Body<'TaskMoved'>): Run {
  const tasks = changeTask(run, body, (task, seen) => {
    const completed = completeTask(task, seen);
    return run.phase === 'finishing'
      ? closeTask(completed, 'cancelled')
      : completed;
  });
  return tasks === run.tasks ? run : { ...run, tasks };
}

/** The same array when the task is not in the plan or does not change. */
function changeTask(
  run: Run,
  body: Body<'TaskMoved'>,
  change: typeof moveTask,
): readonly Task[] {
  const index = run.tasks.findIndex(task => task.id === body.task);
  if (index < 0 || !isAttempt(body.attempt)) {
    return run.tasks;
  }
  const changed = change(run.tasks[index], body.attempt);
  return sameValue(changed, run.tasks[index])
    ? run.tasks
    : run.tasks.map((task, at) => (at === index ? changed : task));
}

function cancel(run: Run, body: Body<'CancelAsked'>): Run {
  return {
    ...run,
    phase: 'cancelling',
    finishedAt: body.at,
    cancelAskedBy: body.by,
  };
}

function exited(run: Run, body: Body<'DriverExited'>): Run {
  const type = body.outcome?.type;
  return type === 'succeeded' || type === 'failed'
    ? finish(run, body.at, body.outcome)
    : run;
}

function deadline(run: Run, body: Body<'Deadline'>): Run {
  return finish(run, body.at, failure('deadline', body.message));
}

function jobGone(run: Run, body: Body<'JobMissing'>): Run {
  return finish(run, body.at, failure('job-deleted', body.message));
}

function refused(run: Run, body: Body<'LaunchRefused'>): Run {
  return finish(
    run,
    body.at,
    failure('launch-refused', body.message, body.code),
  );
}

function finish(run: Run, at: number, outcome: Outcome): Run {
  const taskEnd = outcome.type === 'succeeded' ? 'succeeded' : 'cancelled';
  return {
    ...run,
    phase: 'finishing',
    finishedAt: at,
    outcome,
    tasks: run.tasks.map(task => closeTask(task, taskEnd)),
  };
}

function failure(
  reason: FailureReason,
  message: string,
  code?: string,
): Outcome {
  return code === undefined
    ? { type: 'failed', reason, message }
    : { type: 'failed', reason, message, code };
}

function objectsLeft(run: Run, body: Body<'ObjectsLeft'>): Run {
  return sameValue(body.objects, run.objectsLeft ?? [])
    ? run
    : { ...run, objectsLeft: body.objects };
}

function finished(run: Run, body: Body<'NothingLeft'>): Run {
  return end(withoutObjects(run), outcomePhase(run), body.at);
}

function cancelled(run: Run, body: Body<'NothingLeft'>): Run {
  return end(withoutObjects(run), 'cancelled', body.at);
}

function givenUp(run: Run, body: Body<'RemovalGivenUp'>): Run {
  const left: Run = { ...run, objectsLeft: body.objects };
  if (run.phase === 'finishing') {
    return end(left, outcomePhase(run), body.at);
  }
  const message = `Could not be removed in time: ${body.objects.join(', ')}`;
  return end(
    { ...left, outcome: failure('leftovers', message) },
    'failed',
    body.at,
  );
}

function end(run: Run, phase: RunPhase, at: number): Run {
  return {
    ...run,
    phase,
    endedAt: at,
    tasks: run.tasks.map(task => closeTask(task, 'cancelled')),
  };
}

function outcomePhase(run: Run): RunPhase {
  return run.outcome?.type === 'succeeded' ? 'succeeded' : 'failed';
}

function withoutObjects(run: Run): Run {
  const { objectsLeft: gone, ...rest } = run;
  return rest;
}

function reportRead(run: Run, body: Body<'ReportRead'>): Run {
  if (run.outcome?.type !== 'succeeded' || run.report) {
    return run;
  }
  const { reportProblem: solved, ...rest } = run;
  return { ...rest, report: body.report };
}

function noReport(run: Run, body: Body<'ReportUnreadable'>): Run {
  return run.outcome?.type !== 'succeeded' || run.report || run.reportProblem
    ? run
    : { ...run, reportProblem: body.message };
}

function gap(run: Run, body: Body<'Gap'>): Run {
  const { task, afterLine, from, to, reason } = body;
  const lost: LogGap = { task, afterLine, from, to, reason };
  return run.gaps.some(known => sameValue(known, lost))
    ? run
    : { ...run, gaps: [...run.gaps, lost] };
}

/** Only ever more lines: a source that was read again must not take lines back. */
function logsDone(run: Run, body: Body<'LogsComplete'>): Run {
  const { lastLine } = body;
  return run.logsComplete && run.logsComplete.lastLine >= lastLine
    ? run
    : { ...run, logsComplete: { lastLine } };
}

function takenOver(run: Run, body: Body<'TakenOver'>): Run {
  const { at, epoch } = body;
  return run.takenOver && run.takenOver.epoch >= epoch
    ? run
    : { ...run, takenOver: { at, epoch } };
}
