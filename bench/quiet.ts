import { setTimeout as sleep } from 'node:timers/promises';
import type { BackendProcess } from '../e2e/faults/BackendProcess.ts';
import type { RunApi } from '../e2e/faults/RunApi.ts';
import { until } from '../e2e/faults/until.ts';
import type { World } from '../e2e/faults/World.ts';
import type { Finding } from './Finding.ts';
import { cpuMs } from './processUse.ts';
import { runAndWatch } from './runAndWatch.ts';

const DURATION_MS = 10_000;

/** What it costs to watch, when there is nothing to see. */
export async function quiet(
  world: World,
  api: RunApi,
  backend: BackendProcess,
): Promise<Finding> {
  world.tasks.perform({
    generate: 'until [[ -e $world/enough ]]; do nap 0.5; done',
    analyze: ':',
    report: ':',
  });
  const share = async (pid: number) => {
    const before = cpuMs(pid);
    await sleep(DURATION_MS);
    return `${(((cpuMs(pid) - before) / DURATION_MS) * 100).toFixed(1)} %`;
  };
  const idle = await share(backend.pid);
  const run = await runAndWatch(world, api, 4);
  await until('tasks have begun', () => run.viewer.lines.length > 4);
  const [supervisor] = world.processesIn(world.file(run.runId));
  const [watching, supervising] = await Promise.all(
    [backend.pid, supervisor.pid].map(share),
  );
  world.tasks.enough();
  const lines = await run.finish();
  await world.ended(api, run.runId);
  return {
    title: 'Four tasks that say nothing',
    measures: [
      { what: 'a core for the backend without a run', viewer: idle },
      { what: 'a core for the backend with this one', viewer: watching },
      { what: 'a core for its supervisor', viewer: supervising },
    ],
    lines,
  };
}
