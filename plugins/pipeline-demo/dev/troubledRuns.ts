import type {
  Attempt,
  Report,
  RunEventBody,
  TaskId,
} from 'backstage-plugin-pipeline-demo-common';
import { cutAt, linesOf } from './Recording';
import type { Recording } from './Recording';
import { recorded5, running5 } from './plays';
import { RICH_LINES } from './scriptedLines';

/* What recorded and scripted runs become when something befalls them. */

function attemptOf(recording: Recording, task: TaskId, at: number): Attempt {
  const moves = recording.events.filter(
    event =>
      event.type === 'TaskMoved' && event.task === task && event.at <= at,
  );
  const last = moves[moves.length - 1];
  if (last?.type !== 'TaskMoved') {
    throw new Error(`${task} has not moved by ${at}`);
  }
  return last.attempt;
}

function moved(task: TaskId, at: number, attempt: Attempt): RunEventBody {
  return { type: 'TaskMoved', at, task, attempt };
}

export function outOfMemory(): Recording {
  const at = 33_000;
  const task = 'ANALYZE:4';
  return cutAt(running5, at, [
    moved(task, at, {
      ...attemptOf(running5, task, at),
      phase: 'failed',
      endedAt: at,
      exitCode: 137,
      outOfMemory: true,
      reason: {
        code: 'OOMKilled',
        message: 'Container "task" was killed: memory limit 256Mi',
      },
    }),
    {
      type: 'DriverExited',
      at: at + 1_300,
      outcome: {
        type: 'failed',
        reason: 'task-failed',
        message: 'Error executing process > ANALYZE (4)',
      },
    },
    { type: 'NothingLeft', at: at + 3_000 },
  ]);
}

export function lostDriver(): Recording {
  const at = 9_000;
  return cutAt(recorded5, at, [
    {
      type: 'DriverExited',
      at,
      outcome: {
        type: 'failed',
        reason: 'lost',
        message: 'The supervisor, pid 8711, is gone without an exit code',
      },
    },
    { type: 'NothingLeft', at: at + 2_000 },
  ]);
}

/** The engine does not take the run. */
export function notLaunched(): Recording {
  return cutAt(running5, 0, []);
}

/** The pod of the driver finds no node. */
export function driverWaits(): Recording {
  const at = 700;
  const message =
    '0/3 nodes are available: 3 Insufficient cpu. preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.';
  return cutAt(running5, at, [
    {
      type: 'DriverMoved',
      at,
      driver: {
        phase: 'waiting',
        since: at,
        reason: { code: 'Unschedulable', message },
      },
    },
  ]);
}

export function imagePull(): Recording {
  const at = 8_000;
  const stuck = ['GENERATE:1', 'GENERATE:2', 'GENERATE:3', 'GENERATE:4'];
  return cutAt(
    running5,
    7_000,
    stuck.map(task =>
      moved(task, at, {
        ...attemptOf(running5, task, 7_000),
        phase: 'starting',
        runningAt: undefined,
        reason: {
          code: 'ImagePullBackOff',
          message:
            'Back-off pulling image "ghcr.io/pipeline-demo/tasks:1.2.0": not found',
        },
      }),
    ),
  );
}

export function retried(): Recording {
  const at = 26_000;
  const task = 'ANALYZE:2';
  const first = attemptOf(running5, task, at);
  const second: Attempt = {
    ...first,
    uid: `${first.uid}-2`,
    place: `${first.place}-2`,
    createdAt: at + 900,
    waitingAt: at + 900,
    phase: 'starting',
    startingAt: at + 1_400,
    runningAt: undefined,
  };
  const isOther = (event: RunEventBody) =>
    event.type !== 'TaskMoved' || event.task !== task || event.at <= at;
  return {
    ...running5,
    events: [
      ...running5.events.filter(isOther),
      moved(task, at, {
        ...first,
        phase: 'failed',
        endedAt: at,
        reason: { code: 'Evicted', message: 'The node was low on memory' },
      }),
      moved(task, at + 1_400, second),
      moved(task, at + 2_800, {
        ...second,
        phase: 'running',
        runningAt: at + 2_800,
      }),
    ].sort((a, b) => a.at - b.at),
  };
}

export function cancelled(): Recording {
  const at = 43_000;
  const left = [
    'Job',
    'driver pod',
    'ANALYZE:3',
    'ANALYZE:4',
    'ANALYZE:5',
    'ConfigMap',
  ];
  const leftAt = (ms: number, from: number): RunEventBody => ({
    type: 'ObjectsLeft',
    at: at + ms,
    objects: left.slice(from),
  });
  return cutAt(running5, at, [
    { type: 'CancelAsked', at, by: 'user:default/guest' },
    leftAt(200, 0),
    leftAt(600, 1),
    leftAt(1_400, 2),
    leftAt(2_000, 3),
    leftAt(3_400, 5),
    { type: 'NothingLeft', at: at + 5_000 },
  ]);
}

export function withoutEnd(recording: Recording): Recording {
  return {
    ...recording,
    events: recording.events.filter(({ type }) => type !== 'NothingLeft'),
  };
}

export function withGap(): Recording {
  const isLater = (event: RunEventBody) => event.at > 39_000;
  return {
    ...running5,
    events: [
      ...running5.events.filter(event => !isLater(event)),
      { type: 'TakenOver', at: 38_200, epoch: 2 },
      {
        type: 'Gap',
        at: 39_000,
        task: 'ANALYZE:3',
        afterLine: 135,
        from: 31_000,
        to: 37_900,
        reason: 'node gone',
      },
      ...running5.events.filter(isLater),
    ],
  };
}

export function brokenReport(): Recording {
  return {
    ...running5,
    events: running5.events.map(event =>
      event.type === 'ReportRead'
        ? {
            ...event,
            report: { ...event.report, totals: undefined } as unknown as Report,
          }
        : event,
    ),
  };
}

export function richLog(): Recording {
  const { lines } = recorded5;
  const all = Array.from({ length: lines.length }, (_, index) => {
    const line = lines.at(index + 1);
    const rich = RICH_LINES[index - lines.length + RICH_LINES.length * 2];
    return rich === undefined ? line : { ...line, text: rich };
  });
  return { ...recorded5, lines: linesOf(all) };
}
