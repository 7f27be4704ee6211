import type { BackendProcess } from '../e2e/faults/BackendProcess.ts';
import type { RunApi } from '../e2e/faults/RunApi.ts';
import { REAL } from '../e2e/faults/Tasks.ts';
import type { World } from '../e2e/faults/World.ts';
import type { Finding } from './Finding.ts';
import { memoryMb } from './processUse.ts';
import { runAndWatch } from './runAndWatch.ts';

const RUNS = 20;
const BATCHES = 5;

/** The workflow itself, without its pauses, again and again. */
export async function manyRuns(
  world: World,
  api: RunApi,
  backend: BackendProcess,
): Promise<Finding> {
  world.tasks.perform(REAL);
  const memory = [memoryMb(backend.pid)];
  const lines = { written: 0, received: 0 };
  for (let count = 1; count <= RUNS; count += 1) {
    const run = await runAndWatch(world, api, BATCHES);
    const { written, received } = await run.finish();
    lines.written += written;
    lines.received += received;
    await world.ended(api, run.runId);
    memory.push(memoryMb(backend.pid));
  }
  const after = (runs: number) => `${memory[runs].toFixed(0)} MB`;
  return {
    title: `${RUNS} runs of ${BATCHES} batches`,
    measures: [
      { what: 'memory of the backend before them', viewer: after(0) },
      { what: 'after the first', viewer: after(1) },
      { what: `after ${RUNS / 2}`, viewer: after(RUNS / 2) },
      { what: `after ${RUNS}`, viewer: after(RUNS) },
    ],
    lines,
  };
}
