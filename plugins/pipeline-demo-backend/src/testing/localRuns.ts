import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunSpec } from 'backstage-plugin-pipeline-demo-common';
import { observedUntil, patience } from './engineRuns';
import type { LocalWorld } from './localWorld';

/** The content of one of a run's JSON files. */
export function json({ workDir }: LocalWorld, { id }: RunSpec, file: string) {
  return JSON.parse(readFileSync(join(workDir, id, file), 'utf8'));
}

/** Processes with the run's nonce, found by other means than the engine's. */
export function withNonce(nonce: string): readonly string[] {
  const script =
    process.platform === 'linux'
      ? `grep -lzs "PIPELINE_DEMO_NONCE=$NONCE" /proc/[0-9]*/environ | grep -v "/$$/" || true`
      : `ps -axEww -o pid=,command= | grep "PIPELINE_DEMO_NONCE=$NONCE" | grep -v grep || true`;
  const output = execFileSync('bash', ['--norc', '-c', script], {
    env: { PATH: process.env.PATH, NONCE: nonce },
    encoding: 'utf8',
  });
  return output.split('\n').filter(line => line !== '');
}

/** Waits until a task runs. @returns its process */
export async function untilRunning(
  { engine }: LocalWorld,
  run: RunSpec,
  task: string,
): Promise<number> {
  let pid = 0;
  await observedUntil(engine, run, fact => {
    if (fact.type !== 'task' || fact.task !== task) {
      return false;
    }
    pid = Number(fact.attempt.place?.replace('pid ', ''));
    return fact.attempt.phase === 'running';
  });
  return pid;
}

/** Waits until this is in a task's log. */
export async function untilWritten(
  { engine }: LocalWorld,
  run: RunSpec,
  task: string,
  text: string,
): Promise<void> {
  for await (const chunk of engine.follow(run, new Map(), patience())) {
    if (
      chunk.type === 'lines' &&
      chunk.source.task === task &&
      chunk.lines.some(line => line.text.includes(text))
    ) {
      return;
    }
  }
  throw new Error(`${task} never wrote '${text}'`);
}

/**
 * What is left when the supervisor, which has written its exit, is gone too. A
 * process on its way out has lost its environment, and is only "a task".
 */
export async function leftWithoutSupervisor(
  { engine }: LocalWorld,
  run: RunSpec,
): Promise<readonly string[]> {
  const signal = patience();
  for (;;) {
    signal.throwIfAborted();
    const left = await engine.left(run, signal);
    if (!left.some(one => /^supervisor|\(a task\)$/.test(one))) {
      return left;
    }
  }
}
