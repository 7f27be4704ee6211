import { mockServices } from '@backstage/backend-test-utils';
import { Broadcaster } from '../live/Broadcaster';
import type { BroadcasterOptions } from '../live/Broadcaster';
import { LiveRun } from './LiveRun';
import type { RunWorld } from './runWorld';

/** Makes broadcasters in the world of the test, which are closed after it. */
export function useBroadcasters(
  world: () => RunWorld,
): (changes?: Partial<BroadcasterOptions>) => Broadcaster {
  const made: Broadcaster[] = [];
  afterEach(async () => {
    for (const broadcaster of made.splice(0)) {
      await world().clock.finish(broadcaster.close('The test ends'));
    }
  });
  return (changes = {}) => {
    const { clock, runs, logs } = world();
    const logger = mockServices.logger.mock();
    const options = { clock, runs, logs, logger, ...changes };
    const broadcaster = Broadcaster.create(options);
    made.push(broadcaster);
    return broadcaster;
  };
}

/** A run with 3 lines and 1 event that a keeper of this process feeds. */
export async function fedRun(
  world: RunWorld,
  broadcaster: Broadcaster,
  id = 'r1',
): Promise<{ readonly live: LiveRun; readonly endFeed: () => void }> {
  const live = await LiveRun.create(world, id);
  await live.step();
  await live.write(3);
  const { run, lastLine } = live;
  const endFeed = broadcaster.feed({ run, lastLine, epoch: 1 });
  return { live, endFeed };
}
