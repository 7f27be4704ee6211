import { diagnoseDriver, DRIVER_VALUES, textOfDriver } from './diagnoseDriver';
import { BY_CODE, BY_FAILURE, BY_SITUATION, EXIT_ADVICE } from './diagnoses';
import { age, GRACE_MS, say, situation, textOf } from './diagnosis';
import type { Diagnosis, Situation } from './diagnosis';
import { newestAttempt } from './moveTask';
import { plan } from './plan';
import type { Run } from './run';
import type { Task, WaitReason } from './task';

/** More names than this make no sentence. */
const MAX_NAMES = 3;

/**
 * "Why isn't it moving?", or why it failed, for one task. From facts of the
 * engine, never from log text; pure, `now` is epoch milliseconds.
 *
 * @returns undefined when there is nothing to explain
 * @public
 */
export function diagnose(
  run: Run,
  task: Task,
  now: number,
): Diagnosis | undefined {
  const attempt = newestAttempt(task);
  switch (task.phase) {
    case 'planned':
      return diagnosePlanned(run, task, now);
    case 'waiting':
    case 'starting':
      return diagnoseWaiting(run, task, now);
    case 'running':
      return attempt?.reason && diagnoseCode(run, task, attempt.reason);
    case 'failed':
      return diagnoseFailed(run, task);
    case 'cancelled':
      return diagnoseStopped(run, task, {
        byCancel: 'stoppedByCancel',
        byFailure: 'stoppedByFailure',
      });
    case 'succeeded':
      return undefined;
    default:
      return unreachable(task.phase);
  }
}

/**
 * Why a run failed: the first task that failed, or what happened to the driver.
 *
 * @returns undefined for a run that has not failed
 * @public
 */
export function diagnoseRun(run: Run): Diagnosis | undefined {
  const { outcome } = run;
  if (outcome?.type !== 'failed') {
    return undefined;
  }
  const { reason, message, code = '' } = outcome;
  const first = reason === 'task-failed' && firstFailed(run.tasks);
  if (first) {
    return { evidence: message, ...diagnoseFailed(run, first) };
  }
  const stuck = reason === 'never-started' && firstStuck(run.tasks);
  if (stuck) {
    return { evidence: message, ...diagnoseCode(run, ...stuck) };
  }
  const text = textOfDriver(code);
  return text
    ? say(code, text, DRIVER_VALUES, message)
    : say(reason, BY_FAILURE[reason], {}, message);
}

function diagnosePlanned(
  run: Run,
  task: Task,
  now: number,
): Diagnosis | undefined {
  if (run.finishedAt !== undefined) {
    return diagnoseStopped(run, task, {
      byCancel: 'notRunByCancel',
      byFailure: 'notRunByFailure',
    });
  }
  if (run.phase === 'queued' || run.phase === 'starting') {
    const ofDriver = diagnoseDriver(run, now);
    return ofDriver && !run.driver?.reason
      ? situation('driverPending', { task: task.id })
      : ofDriver;
  }
  const upstream = upstreamOf(run, task);
  const open = upstream.filter(({ phase }) => phase !== 'succeeded');
  if (open.length > 0) {
    const needs = names(open.map(({ id }) => id));
    return situation('needsUpstream', { task: task.id, needs });
  }
  const readyAt = Math.max(
    run.launchedAt ?? run.createdAt,
    ...upstream.map(needed => newestAttempt(needed)?.endedAt ?? 0),
  );
  return now - readyAt < GRACE_MS
    ? undefined
    : situation('notSubmitted', { task: task.id, since: age(readyAt, now) });
}

function diagnoseWaiting(
  run: Run,
  task: Task,
  now: number,
): Diagnosis | undefined {
  const attempt = newestAttempt(task);
  if (attempt?.reason) {
    return diagnoseCode(run, task, attempt.reason);
  }
  const since =
    attempt?.startingAt ?? attempt?.waitingAt ?? attempt?.createdAt ?? now;
  return now - since < GRACE_MS
    ? undefined
    : situation('unexplained', { task: task.id, since: age(since, now) });
}

function diagnoseCode(run: Run, task: Task, reason: WaitReason): Diagnosis {
  const text = textOf(reason.code) ?? BY_SITUATION.unknownCode;
  const node = newestAttempt(task)?.node;
  const values = {
    task: task.id,
    code: reason.code,
    node: node ? ` ${node}` : '',
    holders: holders(run, task),
  };
  return say(reason.code, text, values, reason.message);
}

function diagnoseFailed(run: Run, task: Task): Diagnosis {
  const { exitCode, signal, outOfMemory, reason } = newestAttempt(task) ?? {};
  if (reason && textOf(reason.code)) {
    return diagnoseCode(run, task, reason);
  }
  const values = { task: task.id };
  const evidence = reason?.message;
  if (outOfMemory) {
    return say('OOMKilled', BY_CODE.OOMKilled, values, evidence);
  }
  if (signal !== undefined) {
    return situation('killed', { ...values, signal }, evidence);
  }
  if (exitCode === undefined) {
    return situation('failed', values, evidence);
  }
  const code = String(exitCode);
  const found = situation('exited', { ...values, exitCode: code }, evidence);
  return { ...found, advice: EXIT_ADVICE[exitCode] ?? found.advice };
}

/** What was running, or never began, when the run came to its end. */
function diagnoseStopped(
  run: Run,
  task: Task,
  texts: { readonly byCancel: Situation; readonly byFailure: Situation },
): Diagnosis | undefined {
  if (run.cancelAskedBy !== undefined) {
    return situation(texts.byCancel, { task: task.id, by: run.cancelAskedBy });
  }
  return run.outcome?.type === 'failed'
    ? situation(texts.byFailure, { task: task.id }, run.outcome.message)
    : undefined;
}

function firstFailed(tasks: readonly Task[]): Task | undefined {
  const endedAt = (task: Task) => newestAttempt(task)?.endedAt ?? Infinity;
  return tasks
    .filter(({ phase }) => phase === 'failed')
    .reduce<Task | undefined>(
      (a, b) => (a && endedAt(a) <= endedAt(b) ? a : b),
      undefined,
    );
}

/** The first task that has not begun, and why. */
function firstStuck(
  tasks: readonly Task[],
): readonly [Task, WaitReason] | undefined {
  for (const task of tasks) {
    const { reason, runningAt } = newestAttempt(task) ?? {};
    if (reason && runningAt === undefined) {
      return [task, reason];
    }
  }
  return undefined;
}

function upstreamOf(run: Run, task: Task): readonly Task[] {
  const needed = plan(run.batchCount)
    .edges.filter(({ to }) => to === task.id)
    .map(({ from }) => from);
  return run.tasks.filter(({ id }) => needed.includes(id));
}

/** " by GENERATE:1, GENERATE:2, GENERATE:3 and 2 more". */
function holders(run: Run, task: Task): string {
  const busy = run.tasks
    .filter(({ phase }) => phase === 'running' || phase === 'starting')
    .filter(({ id }) => id !== task.id)
    .map(({ id }) => id);
  return busy.length === 0 ? '' : ` by ${names(busy)}`;
}

/** "A", "A and B", "A, B, C and 2 more". */
function names(all: readonly string[]): string {
  const shown = all.slice(0, MAX_NAMES);
  const last =
    all.length > shown.length
      ? `${all.length - shown.length} more`
      : shown.pop()!;
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}

function unreachable(phase: never): never {
  throw new Error(`No such task phase: ${phase}`);
}
