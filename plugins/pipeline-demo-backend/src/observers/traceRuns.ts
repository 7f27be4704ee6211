import { context, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Attributes, Span, Tracer } from '@opentelemetry/api';
import { isEnded } from 'backstage-plugin-pipeline-demo-common';
import type { Run } from 'backstage-plugin-pipeline-demo-common';
import { endedInGoodOrder } from '../runs/closeRun';
import type { RunObserver } from '../runs/RunObserver';

/** A part of a run, in epoch milliseconds. */
interface Part {
  readonly name: string;
  readonly from?: number;
  readonly to?: number;
  readonly attributes?: Attributes;
}

/**
 * Makes a trace of each run when it has ended, from the run itself: its times
 * are stored, so the trace is whole however many processes have kept it. That
 * is why these are not spans of the tracing service, which begin now.
 */
export function traceRuns(tracer: Tracer): RunObserver {
  const completeAt = new Map<string, number>();
  return {
    kept: () => undefined,
    published(update) {
      if ('lines' in update) {
        return;
      }
      const { events, run } = update;
      const complete = events.find(({ type }) => type === 'LogsComplete');
      if (complete) {
        completeAt.set(run.id, complete.at);
      }
      if (isEnded(run.phase)) {
        traceRun(tracer, run, completeAt.get(run.id));
      }
    },
    seen: () => undefined,
    letGo: runId => completeAt.delete(runId),
  };
}

/** @param logsCompleteAt - unknown when another process has seen to it */
function traceRun(tracer: Tracer, run: Run, logsCompleteAt?: number): void {
  const { createdAt, launchedAt, finishedAt, endedAt } = run;
  const completeAt = logsCompleteAt ?? endedAt;
  const whole = startSpan(tracer, {
    name: 'run',
    from: createdAt,
    to: endedAt,
    attributes: attributesOf(run),
  });
  if (!whole) {
    return;
  }
  if (run.phase === 'failed') {
    const message =
      run.outcome?.type === 'failed' ? run.outcome.message : undefined;
    whole.setStatus({ code: SpanStatusCode.ERROR, message });
  }
  const parts: readonly Part[] = [
    { name: 'launch', from: createdAt, to: launchedAt ?? finishedAt },
    { name: 'drain', from: finishedAt, to: completeAt },
    {
      name: 'remove',
      from: endedInGoodOrder(run) ? completeAt : finishedAt,
      to: endedAt,
    },
  ];
  for (const part of parts) {
    startSpan(tracer, part, whole)?.end(new Date(part.to ?? createdAt));
  }
  traceTasks(tracer, run, whole);
  whole.end(new Date(endedAt ?? createdAt));
}

/** What the engine did, and in it each attempt of a task that ran. */
function traceTasks(
  tracer: Tracer,
  { tasks, launchedAt, finishedAt }: Run,
  whole: Span,
): void {
  const execute = { name: 'execute', from: launchedAt, to: finishedAt };
  const span = startSpan(tracer, execute, whole);
  for (const task of tasks) {
    for (const attempt of task.attempts) {
      const { runningAt, endedAt, phase, exitCode, node, place } = attempt;
      const part: Part = {
        name: task.id,
        from: runningAt,
        to: endedAt,
        attributes: attributes({ phase, exit_code: exitCode, node, place }),
      };
      startSpan(tracer, part, span)?.end(new Date(endedAt ?? 0));
    }
  }
  if (finishedAt !== undefined) {
    span?.end(new Date(finishedAt));
  }
}

/**
 * Nothing, for a part that never was. Times are dates: a number before the
 * start of this process would be taken for a time on its own clock.
 */
function startSpan(
  tracer: Tracer,
  { name, from, to, attributes: given }: Part,
  parent?: Span,
): Span | undefined {
  if (from === undefined || to === undefined) {
    return undefined;
  }
  const root = context.active();
  return tracer.startSpan(
    `pipeline_demo.${name}`,
    { startTime: new Date(from), attributes: given, root: !parent },
    parent ? trace.setSpan(root, parent) : root,
  );
}

function attributesOf(run: Run): Attributes {
  return attributes({
    'run.id': run.id,
    engine: run.engine,
    batches: run.batchCount,
    outcome: run.phase,
    reason: run.outcome?.type === 'failed' ? run.outcome.reason : undefined,
    lines: run.logsComplete?.lastLine,
    gaps: run.gaps.length,
    epoch: run.takenOver?.epoch ?? 1,
  });
}

function attributes(of: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(of).map(([key, value]) => [`pipeline_demo.${key}`, value]),
  );
}
