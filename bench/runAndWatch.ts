import { LiveViewer } from '../e2e/faults/LiveViewer.ts';
import type { RunApi } from '../e2e/faults/RunApi.ts';
import type { World } from '../e2e/faults/World.ts';
import { TailReader } from './TailReader.ts';

/** A run that is watched as a page does it, and by who reads its files. */
export interface WatchedRun {
  readonly runId: string;
  /** In milliseconds of `performance.now()`. */
  readonly clickedAt: number;
  readonly answeredAt: number;
  readonly viewer: LiveViewer;
  readonly driver: TailReader;
  readonly tasks: readonly TailReader[];
  /** Waits for the end of all of it; lines written and received. */
  finish(): Promise<{ readonly written: number; readonly received: number }>;
}

/** Clicks, and opens the stream once the click is answered, as the page does. */
export async function runAndWatch(
  world: World,
  api: RunApi,
  batchCount: number,
): Promise<WatchedRun> {
  const clickedAt = performance.now();
  const { run, status } = await api.start(batchCount);
  const answeredAt = performance.now();
  if (status !== 201) {
    throw new Error(`Another run is active: ${run.id}`);
  }
  const viewer = new LiveViewer(run.id, () => api);
  const tail = (...path: string[]) =>
    TailReader.follow(world.file(run.id, ...path));
  const driver = tail('driver.log');
  const tasks = run.tasks.map(({ id }) =>
    tail('work', id.replace(':', '_'), '.command.log'),
  );
  const floors = [driver, ...tasks];
  return {
    runId: run.id,
    ...{ clickedAt, answeredAt, viewer, driver, tasks },
    async finish() {
      await viewer.ended;
      floors.forEach(floor => floor.close());
      const written = floors.reduce((sum, { lines }) => sum + lines.length, 0);
      return { written, received: viewer.lines.length };
    },
  };
}
