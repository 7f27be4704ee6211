import type { BackendProcess } from '../e2e/faults/BackendProcess.ts';
import type { RunApi } from '../e2e/faults/RunApi.ts';
import { until } from '../e2e/faults/until.ts';
import type { World } from '../e2e/faults/World.ts';
import type { Finding } from './Finding.ts';
import { cpuMs } from './processUse.ts';
import { runAndWatch } from './runAndWatch.ts';

const LINES = 200_000;
const FLOOD = `awk 'BEGIN {
  while (n < ${LINES}) printf "line %06d of a task that has a great deal to say, and says it at once\\n", ++n
}'
until [[ -e $world/enough ]]; do nap 0.1; done`;

/** One task that writes as fast as it can. */
export async function flood(
  world: World,
  api: RunApi,
  backend: BackendProcess,
): Promise<Finding> {
  world.tasks.perform({ generate: FLOOD, analyze: ':', report: ':' });
  const before = cpuMs(backend.pid);
  const run = await runAndWatch(world, api, 1);
  const [task] = run.tasks;
  await until('the flood is over', () => run.viewer.lines.length > LINES);
  const backendMs = cpuMs(backend.pid) - before;
  const [supervisor] = world.processesIn(world.file(run.runId));
  const supervisorMs = cpuMs(supervisor.pid);
  world.tasks.enough();
  const lines = await run.finish();
  await world.ended(api, run.runId);

  const ofTask = run.viewer.lines.filter(({ task: of }) => of !== 'driver');
  const beganAt = task.lines[0].receivedAt;
  const perSecond = (of: readonly { readonly receivedAt: number }[]) =>
    ((of.length / (of[of.length - 1].receivedAt - beganAt)) * 1000)
      .toFixed(0)
      .replace(/(?=(?:\d{3})+$)\B/g, ',');
  const perThousand = (ms: number) => `${((ms / LINES) * 1000).toFixed(2)} ms`;
  return {
    title: `A flood of ${LINES} lines of 80 bytes`,
    measures: [
      {
        what: 'lines a second, from the first line to the last',
        viewer: perSecond(ofTask),
        floor: perSecond(task.lines),
      },
      {
        what: 'CPU of the backend for 1,000 lines',
        viewer: perThousand(backendMs),
      },
      {
        what: 'CPU of the supervisor for 1,000 lines',
        viewer: perThousand(supervisorMs),
      },
    ],
    lines,
  };
}
