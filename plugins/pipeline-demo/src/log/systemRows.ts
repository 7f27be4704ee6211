import type {
  LogGap,
  LogTask,
  Run,
  RunPhase,
  Task,
  TaskPhase,
} from 'backstage-plugin-pipeline-demo-common';

/** How a task or a run can end. */
export type EndedPhase = 'succeeded' | 'failed' | 'cancelled';

/** A row of the log that no task wrote. Times in epoch milliseconds. */
export type SystemRow = {
  readonly key: string;
  /** It stands after this line of the run. */
  readonly afterLine: number;
  readonly at: number;
} & (
  | {
      readonly type: 'taskEnded';
      readonly task: LogTask;
      readonly phase: EndedPhase;
      readonly seconds: number;
      readonly exitCode?: number;
      readonly signal?: string;
      readonly outOfMemory?: boolean;
    }
  | { readonly type: 'takenOver' }
  | { readonly type: 'gap'; readonly gap: LogGap }
  | {
      readonly type: 'runEnded';
      readonly phase: EndedPhase;
      readonly seconds: number;
      readonly message?: string;
    }
);

/** Where a task's lines end. */
export interface LineEnds {
  readonly lastLine: number;
  lastLineOf(task: LogTask): number | undefined;
  /** The last line that was written by then. */
  lastLineBy(at: number): number;
}

const MS_PER_SECOND = 1_000;

/**
 * What the log says by itself: how each task ended, after its last line; what
 * was lost, where it was lost; and how the run ended, at the very end.
 *
 * @param shown - only of these tasks; all when empty
 * @returns in the order of the log
 */
export function systemRows(
  run: Run,
  lines: LineEnds,
  shown: ReadonlySet<LogTask>,
): readonly SystemRow[] {
  const isShown = (task: LogTask) => shown.size === 0 || shown.has(task);
  return [
    ...run.tasks
      .filter(task => isShown(task.id))
      .flatMap(task => endOfTask(task, lines) ?? []),
    ...run.gaps.filter(gap => isShown(gap.task)).map(rowOfGap),
    ...takeOver(run, lines),
    ...endOfRun(run, lines),
  ].sort((a, b) => a.afterLine - b.afterLine || a.at - b.at);
}

function endOfTask(task: Task, lines: LineEnds): SystemRow | undefined {
  const attempt = task.attempts[task.attempts.length - 1];
  const afterLine = lines.lastLineOf(task.id);
  const phase = attempt && endedPhase(attempt.phase);
  if (attempt?.endedAt === undefined || phase === undefined) {
    return undefined;
  }
  // A success whose lines are not loaded belongs above them; a failure is told.
  if (afterLine === undefined && phase !== 'failed') {
    return undefined;
  }
  const { endedAt, runningAt, createdAt } = attempt;
  const { exitCode, signal, outOfMemory } = attempt;
  return {
    type: 'taskEnded',
    key: `end ${attempt.uid}`,
    afterLine: afterLine ?? lines.lastLine,
    at: endedAt,
    task: task.id,
    phase,
    seconds: (endedAt - (runningAt ?? createdAt)) / MS_PER_SECOND,
    exitCode,
    signal,
    outOfMemory,
  };
}

function rowOfGap(gap: LogGap): SystemRow {
  return {
    type: 'gap',
    key: `gap ${gap.task} ${gap.from}`,
    afterLine: gap.afterLine,
    at: gap.from,
    gap,
  };
}

function takeOver(run: Run, lines: LineEnds): readonly SystemRow[] {
  return run.takenOver
    ? [
        {
          type: 'takenOver',
          key: `taken over ${run.takenOver.epoch}`,
          afterLine: lines.lastLineBy(run.takenOver.at),
          at: run.takenOver.at,
        },
      ]
    : [];
}

function endOfRun(run: Run, lines: LineEnds): readonly SystemRow[] {
  const { outcome, finishedAt, createdAt } = run;
  const phase = endedPhase(run.phase);
  if (phase === undefined || finishedAt === undefined) {
    return [];
  }
  return [
    {
      type: 'runEnded',
      key: 'run ended',
      afterLine: lines.lastLine,
      // After everything that happened at its last line.
      at: Math.max(finishedAt, run.endedAt ?? finishedAt),
      phase,
      seconds: (finishedAt - createdAt) / MS_PER_SECOND,
      message: outcome?.type === 'failed' ? outcome.message : undefined,
    },
  ];
}

function endedPhase(phase: TaskPhase | RunPhase): EndedPhase | undefined {
  return phase === 'succeeded' || phase === 'failed' || phase === 'cancelled'
    ? phase
    : undefined;
}
