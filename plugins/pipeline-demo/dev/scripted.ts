import { plan } from 'backstage-plugin-pipeline-demo-common';
import type {
  Attempt,
  EngineName,
  ProcessName,
  Report,
  RunEventBody,
  TaskId,
  WaitReason,
  WireLine,
} from 'backstage-plugin-pipeline-demo-common';
import { linesOf } from './Recording';
import type { Recording } from './Recording';
import { driverLine, taskLines } from './scriptedLines';

/** A run that never was: as the engine would have told it. Times in seconds. */
export interface Script {
  readonly batchCount: number;
  readonly engine: EngineName;
  /** Tasks at once. */
  readonly slots: number;
  readonly seconds: Readonly<Record<ProcessName, number>>;
  /** Until the first task may start. */
  readonly startSeconds: number;
  /** Between a free slot and a running task. */
  readonly stepSeconds: number;
  /** Why a task waits that has no slot. */
  readonly waits: WaitReason;
}

interface Placed {
  readonly task: TaskId;
  readonly waiting: number;
  readonly starting: number;
  readonly running: number;
  readonly ended: number;
}

const MS = 1000;
/** Between the last task's end, the outcome, and an empty list. */
const EXIT_SECONDS = 0.5;
const CLEAN_SECONDS = 2;

/** Plays the script: every task succeeds. */
export function scripted(script: Script): Recording {
  const placed = place(script);
  const end = Math.max(...placed.map(task => task.ended));
  const events: RunEventBody[] = [
    { type: 'Launched', at: 0.4 * MS },
    ...placed.flatMap(task => eventsOf(task, script)),
    {
      type: 'DriverExited',
      at: (end + EXIT_SECONDS) * MS,
      outcome: { type: 'succeeded' },
    },
    {
      type: 'ReportRead',
      at: (end + EXIT_SECONDS) * MS + 40,
      report: reportOf(script.batchCount),
    },
    {
      type: 'ObjectsLeft',
      at: (end + EXIT_SECONDS) * MS + 60,
      objects: ['Job', 'driver pod', 'ConfigMap'],
    },
    { type: 'NothingLeft', at: (end + EXIT_SECONDS + CLEAN_SECONDS) * MS },
  ];
  const lines: WireLine[] = [
    ...placed.map(({ task, starting }) => driverLine(task, starting * MS)),
    ...placed.flatMap(({ task, running, ended }) =>
      taskLines(task, running * MS, ended * MS),
    ),
  ].sort((a, b) => a.at - b.at);
  const complete: RunEventBody = {
    type: 'LogsComplete',
    at: (end + EXIT_SECONDS) * MS + 50,
    lastLine: lines.length,
  };
  return {
    batchCount: script.batchCount,
    engine: script.engine,
    seed: 7,
    events: [...events, complete].sort((a, b) => a.at - b.at),
    lines: linesOf(lines),
  };
}

/** First come, first served: each task takes the slot that is free first. */
function place(script: Script): Placed[] {
  const { tasks, edges } = plan(script.batchCount);
  const slots = new Array<number>(script.slots).fill(script.startSeconds);
  const done: Placed[] = [];
  const rest = [...tasks];
  while (rest.length > 0) {
    const ready = rest
      .map(task => ({ task, from: readyAt(task.id) }))
      .filter(({ from }) => from !== undefined)
      .sort((a, b) => (a.from ?? 0) - (b.from ?? 0))[0];
    const { task, from = 0 } = ready;
    rest.splice(rest.indexOf(task), 1);
    const slot = slots.indexOf(Math.min(...slots));
    const starting = Math.max(slots[slot], from) + 0.1;
    const running = starting + script.stepSeconds;
    const ended = running + script.seconds[task.process] * jitter(done.length);
    slots[slot] = ended;
    done.push({ task: task.id, waiting: from, starting, running, ended });
  }
  return done;

  function readyAt(id: TaskId): number | undefined {
    const needed = edges.filter(({ to }) => to === id);
    const ends = needed.map(
      edge => done.find(({ task }) => task === edge.from)?.ended,
    );
    return ends.includes(undefined)
      ? undefined
      : Math.max(script.startSeconds, ...ends.map(end => (end ?? 0) + 0.2));
  }
}

/** Tasks take now longer, now shorter: always the same for the same number. */
function jitter(number: number): number {
  return 0.92 + 0.08 * ((number * 7) % 5);
}

function eventsOf(placed: Placed, script: Script): RunEventBody[] {
  const { task, waiting, starting, running, ended } = placed;
  const pod = `r4f2-${task.toLowerCase().replace(':', '-')}`;
  const isPod = script.engine === 'kubernetes';
  const base: Attempt = {
    uid: `${pod}-uid`,
    createdAt: waiting * MS,
    phase: 'waiting',
    waitingAt: waiting * MS,
    reason: script.waits,
  };
  const moved = (at: number, attempt: Attempt): RunEventBody => ({
    type: 'TaskMoved',
    at: at * MS,
    task,
    attempt,
  });
  const started: Attempt = {
    ...base,
    reason: undefined,
    phase: 'starting',
    startingAt: starting * MS,
    node: isPod ? `node-${(pod.length % 3) + 1}` : 'laptop',
    place: isPod ? pod : `pid ${4700 + Math.round(starting * 10)}`,
  };
  const runs: Attempt = {
    ...started,
    phase: 'running',
    runningAt: running * MS,
  };
  return [
    moved(waiting, base),
    moved(starting, started),
    moved(running, runs),
    moved(ended, {
      ...runs,
      phase: 'succeeded',
      endedAt: ended * MS,
      exitCode: 0,
    }),
  ];
}

function reportOf(batchCount: number): Report {
  const batches = Array.from({ length: batchCount }, (_, index) => {
    const rows = 100;
    const mean = 440 + 17 * ((index * 3) % 8) + index / 4;
    return {
      batch: index + 1,
      rows,
      sum: rows * mean,
      mean,
      min: index % 3,
      max: 999 - (index % 4),
      stdDev: 280.25 + index,
    };
  });
  const rows = batches.reduce((sum, batch) => sum + batch.rows, 0);
  const sum = batches.reduce((all, batch) => all + batch.sum, 0);
  return {
    v: 1,
    generatedAt: '2026-11-24T14:03:18Z',
    batchCount,
    totals: { rows, sum, mean: sum / rows, min: 0, max: 999 },
    batches,
  };
}
