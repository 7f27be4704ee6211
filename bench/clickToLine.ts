import type { RunApi } from '../e2e/faults/RunApi.ts';
import type { World } from '../e2e/faults/World.ts';
import { spread, type Finding } from './Finding.ts';
import { runAndWatch } from './runAndWatch.ts';

const CLICKS = 20;

/** From the click to the first lines, of short runs one after the other. */
export async function clickToLine(world: World, api: RunApi): Promise<Finding> {
  world.tasks.perform({ generate: 'say hello', analyze: ':', report: ':' });
  const times = { answer: [], line: [], taskLine: [] } as Record<
    string,
    number[]
  >;
  const floor = { line: [], taskLine: [] } as Record<string, number[]>;
  const lines = { written: 0, received: 0 };
  for (let click = 1; click <= CLICKS; click += 1) {
    const run = await runAndWatch(world, api, 1);
    const { written, received } = await run.finish();
    lines.written += written;
    lines.received += received;
    const since = (at: number | undefined) => (at ?? NaN) - run.clickedAt;
    const ofTask = run.viewer.lines.find(({ task }) => task !== 'driver');
    times.answer.push(since(run.answeredAt));
    times.line.push(since(run.viewer.lines[0]?.receivedAt));
    times.taskLine.push(since(ofTask?.receivedAt));
    floor.line.push(since(run.driver.lines[0]?.receivedAt));
    floor.taskLine.push(since(run.tasks[0].lines[0]?.receivedAt));
    await world.ended(api, run.runId);
  }
  return {
    title: `${CLICKS} clicks (half / 95 % of them)`,
    measures: [
      { what: 'click to answer', viewer: spread(times.answer) },
      {
        what: 'click to first line of the run',
        viewer: spread(times.line),
        floor: spread(floor.line),
      },
      {
        what: 'click to first line of a task',
        viewer: spread(times.taskLine),
        floor: spread(floor.taskLine),
      },
    ],
    lines,
  };
}
