import { setTimeout as sleep } from 'node:timers/promises';
import type { BackendProcess } from '../e2e/faults/BackendProcess.ts';
import type { RunApi } from '../e2e/faults/RunApi.ts';
import type { World } from '../e2e/faults/World.ts';
import { spread, type Finding } from './Finding.ts';
import { cpuMs } from './processUse.ts';
import { runAndWatch } from './runAndWatch.ts';

const DURATION_MS = 20_000;

/** Tasks that talk as people would read it: from being written to being seen. */
export async function calm(
  world: World,
  api: RunApi,
  backend: BackendProcess,
): Promise<Finding> {
  world.tasks.perform({ generate: 'talk 0.1 5', analyze: ':', report: ':' });
  const before = cpuMs(backend.pid);
  const run = await runAndWatch(world, api, 4);
  await sleep(DURATION_MS);
  const seen = run.viewer.lines.length;
  const backendMs = cpuMs(backend.pid) - before;
  world.tasks.enough();
  const lines = await run.finish();
  await world.ended(api, run.runId);
  const floor = run.tasks.flatMap(task => task.lines);
  return {
    title: `Four tasks, ${Math.round(
      (seen / DURATION_MS) * 1000,
    )} lines a second (half / 95 % of them)`,
    measures: [
      {
        what: 'a line from being written to being received',
        viewer: spread(ages(run.viewer.lines)),
        floor: spread(ages(floor)),
      },
      {
        what: 'CPU of the backend for 1,000 lines',
        viewer: `${((backendMs / seen) * 1000).toFixed(0)} ms`,
      },
    ],
    lines,
  };
}

/** Each line says when it was written. */
function ages(
  lines: readonly { readonly text: string; readonly receivedAt: number }[],
): number[] {
  return lines.flatMap(({ text, receivedAt }) => {
    const [, writtenAt] = /says \d+ at ([\d.]+)$/.exec(text) ?? [];
    return writtenAt
      ? [performance.timeOrigin + receivedAt - Number(writtenAt) * 1000]
      : [];
  });
}
