import type { RunEventBody } from '../event';
import { newestAttempt } from '../moveTask';
import { reduce } from '../reduce';
import { isEnded } from '../run';
import type { Run } from '../run';
import type { Attempt, Task } from '../task';

/** A reducer that is broken on purpose, and what finds it. */
export interface BrokenReducer {
  readonly what: string;
  readonly law: string;
  readonly reducer: typeof reduce;
}

/** Each must be found, or the laws are worth nothing. */
export const BROKEN_REDUCERS: readonly BrokenReducer[] = [
  {
    what: 'leaves an ended phase',
    law: 'ended is ended',
    reducer: (run, body) =>
      body.type === 'Launched' && isEnded(run.phase)
        ? { ...run, phase: 'starting', event: run.event + 1 }
        : reduce(run, body),
  },
  {
    what: 'cancels while finishing',
    law: 'a run takes legal ways',
    reducer: (run, body) =>
      body.type === 'CancelAsked' && run.phase === 'finishing'
        ? { ...run, phase: 'cancelling', event: run.event + 1 }
        : reduce(run, body),
  },
  {
    what: 'frees the slot of a running run',
    law: 'a run takes legal ways',
    reducer: (run, body) =>
      body.type === 'NothingLeft' && run.phase === 'running'
        ? { ...run, phase: 'failed', event: run.event + 1 }
        : reduce(run, body),
  },
  {
    what: 'believes the second outcome',
    law: 'outcome stands',
    reducer: (run, body) =>
      body.type === 'DriverExited' &&
      run.phase === 'finishing' &&
      run.outcome?.type !== body.outcome.type
        ? { ...run, outcome: body.outcome, event: run.event + 1 }
        : reduce(run, body),
  },
  {
    what: 'stores what is not new',
    law: 'an event is news',
    reducer: (run, body) => {
      const next = reduce(run, body);
      return next === run && body.type !== 'Launched'
        ? { ...run, event: run.event + 1 }
        : next;
    },
  },
  {
    what: 'does not number',
    law: 'events are numbered',
    reducer: (run, body) => {
      const next = reduce(run, body);
      return next === run ? run : { ...next, event: run.event };
    },
  },
  {
    what: 'changes its argument',
    law: 'object is not extensible',
    reducer: (run, body) => {
      if (body.type === 'Gap') {
        (run.gaps as unknown[]).push(body);
      }
      return reduce(run, body);
    },
  },
  {
    what: 'invents a phase',
    law: 'the counts add up to 2N+1',
    reducer: (run, body) =>
      changeTask(run, body, task => ({ ...task, phase: 'done' as never })),
  },
  {
    what: 'takes a new pod for a new task',
    law: 'the tasks are those of the plan',
    reducer: (run, body) => {
      const next = reduce(run, body);
      return next !== run && body.type === 'TaskMoved'
        ? { ...next, tasks: [...next.tasks, next.tasks[0]] }
        : next;
    },
  },
  {
    what: 'believes the last fact',
    law: 'the newest attempt counts',
    reducer: (run, body) =>
      changeTask(run, body, (task, { phase }) => ({ ...task, phase })),
  },
  {
    what: 'forgets older attempts',
    law: 'attempts are not forgotten',
    reducer: (run, body) =>
      changeTask(run, body, task => ({
        ...task,
        attempts: task.attempts.slice(-1),
      })),
  },
  {
    what: 'lets an attempt go back',
    law: 'what is known of an attempt stays',
    reducer: (run, body) =>
      changeTask(run, body, (task, { uid, phase }) => ({
        ...task,
        attempts: task.attempts.map(attempt =>
          attempt.uid === uid ? { ...attempt, phase } : attempt,
        ),
      })),
  },
  {
    what: 'orders attempts by arrival',
    law: 'attempts are in order, each once',
    reducer: (run, body) =>
      changeTask(run, body, (task, { uid }, before) => ({
        ...task,
        attempts: [
          ...before.attempts.filter(attempt => attempt.uid !== uid),
          ...task.attempts.filter(attempt => attempt.uid === uid),
        ],
      })),
  },
  {
    what: 'reopens a task of a run that is over',
    law: 'a task goes forward',
    reducer: (run, body) =>
      run.phase !== 'cancelling'
        ? reduce(run, body)
        : changeTask(run, body, task => ({
            ...task,
            phase: newestAttempt(task)?.phase ?? task.phase,
          })),
  },
  {
    what: 'lets the driver go back',
    law: 'the driver goes forward',
    reducer: (run, body) => {
      const { driver } = run;
      return body.type === 'DriverMoved' &&
        body.driver.phase === 'waiting' &&
        driver?.phase === 'running'
        ? {
            ...run,
            driver: { ...driver, phase: 'waiting' },
            event: run.event + 1,
          }
        : reduce(run, body);
    },
  },
  {
    what: 'leaves tasks open when the driver has ended',
    law: 'nothing is open after the end',
    reducer: (run, body) => {
      const next = reduce(run, body);
      return next !== run &&
        body.type === 'DriverExited' &&
        body.outcome.type === 'failed'
        ? { ...next, tasks: run.tasks }
        : next;
    },
  },
  {
    what: 'forgets a task after success',
    law: 'a success is one of all tasks',
    reducer: (run, body) => {
      const next = reduce(run, body);
      return body.type === 'DriverExited' && next !== run
        ? { ...next, tasks: run.tasks }
        : next;
    },
  },
];

/** The real reducer, with something wrong about the task that moved before the end. */
function changeTask(
  run: Run,
  body: RunEventBody,
  wrong: (task: Task, attempt: Attempt, before: Task) => Task,
): Run {
  const next = reduce(run, body);
  return next === run || body.type !== 'TaskMoved' || run.outcome
    ? next
    : {
        ...next,
        tasks: next.tasks.map((task, index) =>
          task.id === body.task
            ? wrong(task, body.attempt, run.tasks[index])
            : task,
        ),
      };
}
