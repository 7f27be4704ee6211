import { plan } from 'backstage-plugin-pipeline-demo-common';
import type {
  Attempt,
  LogTask,
  RawLine,
  RunSpec,
  TaskId,
} from 'backstage-plugin-pipeline-demo-common';
import type { Engine, Fact, LogChunk, ResumePoint } from '../ports/Engine';
import type { EngineWorld } from './engineContract';

/** Whatever a test asks of an engine is done within this. */
export const PATIENCE_MS = 60_000;

let patienceMs = PATIENCE_MS;

/** Some worlds are slower than others. */
export function bePatient(ms: number): void {
  patienceMs = ms;
}

/** Aborted when an engine takes longer than any should. */
export function patience(): AbortSignal {
  return AbortSignal.timeout(patienceMs);
}

export async function launched(
  { engine, newRun }: EngineWorld,
  batchCount: number,
): Promise<RunSpec> {
  const run = newRun(batchCount);
  await engine.launch(run, patience());
  return run;
}

export async function finished(
  world: EngineWorld,
  batchCount: number,
): Promise<RunSpec> {
  const run = await launched(world, batchCount);
  await observed(world.engine, run);
  return run;
}

/** All facts of a run, to its end. */
export async function observed(
  engine: Engine,
  run: RunSpec,
): Promise<readonly Fact[]> {
  const facts: Fact[] = [];
  const signal = patience();
  for await (const fact of engine.observe(run, signal)) {
    facts.push(fact);
  }
  signal.throwIfAborted();
  return facts;
}

/** Resolves at the first fact of the run that is like this. */
export async function observedUntil(
  engine: Engine,
  run: RunSpec,
  isLike: (fact: Fact) => boolean,
): Promise<void> {
  for await (const fact of engine.observe(run, patience())) {
    if (isLike(fact)) {
      return;
    }
  }
  throw new Error('The run ended before');
}

/** What a task went through. */
export function attemptsOf(facts: readonly Fact[], task: TaskId): Attempt[] {
  return facts.flatMap(fact =>
    fact.type === 'task' && fact.task === task ? [fact.attempt] : [],
  );
}

/** Lines by task, in the order in which they came. */
export type Log = Readonly<Record<LogTask, readonly RawLine[]>>;

/** All output of a run, to its end, read in one go. */
export async function followed(engine: Engine, run: RunSpec): Promise<Log> {
  const log: Record<LogTask, RawLine[]> = {};
  await followOn(engine, run, { log, resume: new Map(), chunks: Infinity });
  return log;
}

/**
 * All output of a run, read by one engine after the other: each is interrupted
 * after some chunks, and the next goes on from the resume points.
 */
export async function followedInTurns(
  engines: readonly Engine[],
  run: RunSpec,
  chunks: number,
): Promise<Log> {
  const log: Record<LogTask, RawLine[]> = {};
  const resume = new Map<string, ResumePoint>();
  for (let turn = 0; ; turn += 1) {
    const engine = engines[turn % engines.length];
    if (await followOn(engine, run, { log, resume, chunks })) {
      return log;
    }
  }
}

interface Reading {
  readonly log: Record<LogTask, RawLine[]>;
  readonly resume: Map<string, ResumePoint>;
  /** After so many it is interrupted. */
  readonly chunks: number;
}

/** @returns whether the output came to its end */
async function followOn(
  engine: Engine,
  run: RunSpec,
  { log, resume, chunks }: Reading,
): Promise<boolean> {
  const signal = patience();
  let read = 0;
  for await (const chunk of engine.follow(run, new Map(resume), signal)) {
    record(chunk, log);
    resume.set(chunk.source.id, chunk.resume);
    read += 1;
    if (read >= chunks) {
      return false;
    }
  }
  signal.throwIfAborted();
  return true;
}

function record(chunk: LogChunk, log: Record<LogTask, RawLine[]>): void {
  if (chunk.type === 'gap') {
    throw new Error(`A gap in ${chunk.source.task}: ${chunk.reason}`);
  }
  // A chunk without lines says that a source is at its end.
  if (chunk.lines.length > 0) {
    (log[chunk.source.task] ??= []).push(...chunk.lines);
  }
}

/** A log without its times. */
export function texts(log: Log): Record<LogTask, readonly string[]> {
  return Object.fromEntries(
    Object.entries(log).map(([task, lines]) => [
      task,
      lines.map(({ text }) => text),
    ]),
  );
}

/** What the tasks of a run have written, as the world has it. */
export async function writtenBy(
  world: EngineWorld,
  run: RunSpec,
): Promise<Record<LogTask, readonly string[]>> {
  const tasks = ['driver', ...plan(run.batchCount).tasks.map(({ id }) => id)];
  const all = await Promise.all(
    tasks.map(async task => [task, await world.written(run, task)] as const),
  );
  return Object.fromEntries(all.filter(([, lines]) => lines.length > 0));
}

/** Removes until nothing is left, twice in a row: as a keeper does. */
export async function removed(
  engine: Engine,
  run: RunSpec,
  keep: 'logs' | 'nothing',
): Promise<void> {
  const signal = patience();
  for (let empty = 0; empty < 2; ) {
    signal.throwIfAborted();
    await engine.remove(run, keep, signal);
    const left = await engine.left(run, signal);
    empty = left.length === 0 ? empty + 1 : 0;
  }
}
