import { CLOSE_CODES } from 'backstage-plugin-pipeline-demo-common';
import { EVERY_RUN } from '../ports/ChangeFeed';
import type { ChangeFeed } from '../ports/ChangeFeed';
import { FakeSink } from '../testing/FakeSink';
import { LiveRun } from '../testing/LiveRun';
import { useBroadcasters } from '../testing/useBroadcasters';
import { useRunWorld } from '../testing/useRunWorld';
import { Alarm } from './Alarm';

const world = useRunWorld();
const createBroadcaster = useBroadcasters(world);

/** Tells what a test says. */
class FakeFeed implements ChangeFeed {
  readonly #told: string[] = [];
  readonly #alarm = Alarm.create(world().clock);

  tell(runId: string): void {
    this.#told.push(runId);
    this.#alarm.ring();
  }

  async *watch(signal: AbortSignal): AsyncGenerator<string> {
    while (!signal.aborted) {
      yield* this.#told.splice(0);
      await this.#alarm.sleep(3_600_000, signal);
    }
  }
}

describe('a run that another process keeps', () => {
  it('is polled once, for all its viewers, while there are any', async () => {
    const live = await LiveRun.create(world(), 'r1');
    await live.write(1);
    const broadcaster = createBroadcaster();
    const pages = Array.from({ length: 10 }, () => FakeSink.create());
    const viewers = pages.map(page => broadcaster.open(page, { run: 'r1' }));
    await world().clock.settle();
    const get = jest.spyOn(world().runs, 'get');
    const read = jest.spyOn(world().logs, 'read');
    for (let round = 0; round < 8; round += 1) {
      await live.write(1);
      await live.step();
      await world().clock.advance(250);
    }

    expect(get.mock.calls.length).toBeLessThanOrEqual(9);
    expect(read.mock.calls.length).toBeLessThanOrEqual(9);
    for (const page of pages) {
      expect(page.line).toBe(9);
      expect(page.run).toEqual(live.run);
      expect(page.problems).toEqual([]);
    }
    viewers.forEach(viewer => viewer.close());
    get.mockClear();
    await world().clock.advance(10_000);
    expect(get).not.toHaveBeenCalled();
    expect(broadcaster.viewers()).toBe(0);
  });

  it('is read when a feed tells of its changes, and not more often', async () => {
    const changes = new FakeFeed();
    const live = await LiveRun.create(world(), 'r1');
    const broadcaster = createBroadcaster({ changes });
    const [page, wall] = [FakeSink.create(), FakeSink.create()];
    broadcaster.open(page, { run: 'r1' });
    broadcaster.open(wall, {});
    await world().clock.settle();
    const get = jest.spyOn(world().runs, 'get');
    await world().clock.advance(4_000);
    expect(get).not.toHaveBeenCalled();
    await live.write(1);
    changes.tell('r1');
    await world().clock.settle();
    expect([page.line, wall.line]).toEqual([1, 1]);
    await live.write(1);
    changes.tell(EVERY_RUN);
    await world().clock.settle();
    expect([page.line, wall.line]).toEqual([2, 2]);
    changes.tell('r2');
    await world().clock.settle();
    expect(get).toHaveBeenCalledTimes(2);

    await live.end();
    changes.tell('r1');
    await world().clock.settle();
    await LiveRun.create(world(), 'r2');
    changes.tell('r2');
    await world().clock.settle();
    expect(page.closed?.code).toBe(CLOSE_CODES.ended);
    expect(wall.run?.id).toBe('r2');
    expect([...page.problems, ...wall.problems]).toEqual([]);
  });

  it('is no longer polled when it is taken over here', async () => {
    const live = await LiveRun.create(world(), 'r1');
    await live.write(1);
    const broadcaster = createBroadcaster();
    const page = FakeSink.create();
    broadcaster.open(page, { run: 'r1' });
    await world().clock.advance(1_000);
    await live.write(2);
    await live.step();
    const { run, lastLine } = live;
    broadcaster.feed({ run, lastLine, epoch: 2 });
    const get = jest.spyOn(world().runs, 'get');
    broadcaster.published(await live.write(1));
    await world().clock.advance(5_000);

    expect(page.line).toBe(4);
    expect(page.run).toEqual(live.run);
    expect(page.problems).toEqual([]);
    expect(get).not.toHaveBeenCalled();
  });

  it('is followed again after the store has not answered', async () => {
    const live = await LiveRun.create(world(), 'r1');
    const broadcaster = createBroadcaster();
    const page = FakeSink.create();
    broadcaster.open(page, { run: 'r1' });
    await world().clock.advance(1_000);
    const get = jest
      .spyOn(world().runs, 'get')
      .mockRejectedValue(new Error('no connection'));
    await live.write(700);
    await world().clock.advance(5_000);
    get.mockRestore();
    await world().clock.advance(10_000);

    expect(page.line).toBe(700);
    expect(page.problems).toEqual([]);
  });
});
