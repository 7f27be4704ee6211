import { mockServices } from '@backstage/backend-test-utils';
import type { RunStore } from '../ports/RunStore';
import { FakeSink } from '../testing/FakeSink';
import { LiveRun } from '../testing/LiveRun';
import { override } from '../testing/override';
import { randomFrom } from '../testing/randomFrom';
import { useRunWorld } from '../testing/useRunWorld';
import { Broadcaster } from './Broadcaster';
import type { Update } from './Broadcaster';
import type { Viewer } from './Viewer';

const SEEDS = 30;
const STEPS = 100;

const world = useRunWorld();
const logger = mockServices.logger.mock();

/** One page, or one after the other, over its connections. */
interface Page {
  readonly sink: FakeSink;
  viewer: Viewer;
}

/** Stores that answer after a while, so that anything can happen meanwhile. */
function slowStores(random: () => number) {
  const { runs, logs, clock } = world();
  const never = new AbortController().signal;
  const late = async <T>(answer: Promise<T>): Promise<T> => {
    const before = random();
    if (before < 0.3) {
      await clock.sleep(before * 200, never);
    }
    const result = await answer;
    await clock.sleep(random() * 200, never);
    return result;
  };
  return {
    runs: override<RunStore>(runs, {
      get: id => late(runs.get(id)),
      active: () => late(runs.active()),
      events: (...args) => late(runs.events(...args)),
    }),
    logs: override(logs, { read: (...args) => late(logs.read(...args)) }),
  };
}

/** What is published is what was stored, in its order, but some time later. */
class LatePublisher {
  readonly #broadcaster: Broadcaster;
  readonly #updates: Update[] = [];

  constructor(broadcaster: Broadcaster) {
    this.#broadcaster = broadcaster;
  }

  store(update: Update): void {
    this.#updates.push(update);
  }

  publish(count: number): void {
    this.#updates
      .splice(0, count)
      .forEach(update => this.#broadcaster.published(update));
  }
}

describe('any interleaving of storing, publishing, opening and reading', () => {
  it.each(Array.from({ length: SEEDS }, (_, index) => index + 1))(
    'gives each viewer every event and every line once, in order, with seed %d',
    async seed => {
      const random = randomFrom(seed);
      const { clock } = world();
      const broadcaster = Broadcaster.create({
        ...slowStores(random),
        clock,
        logger,
      });
      // Half of the runs are kept here, the others by another process.
      const isFed = seed % 2 === 0;
      const live = await LiveRun.create(world(), 'r1');
      const { run, lastLine } = live;
      const endFeed = isFed
        ? broadcaster.feed({ run, lastLine, epoch: 1 })
        : () => {};
      const publisher = new LatePublisher(broadcaster);
      const pages: Page[] = [];
      const open = (sink: FakeSink): Viewer =>
        broadcaster.open(
          sink,
          random() < 0.3 && sink.line === 0
            ? {}
            : { run: 'r1', ...sink.cursor },
        );
      const upTo = (most: number) => 1 + Math.floor(random() * most);
      const any = () => pages[Math.floor(random() * pages.length)];
      const actions: readonly (() => Promise<void> | void)[] = [
        async () => publisher.store(await live.step()),
        async () => publisher.store(await live.write(upTo(5))),
        async () => publisher.store(await live.write(400 + upTo(900))),
        () => publisher.publish(isFed ? upTo(3) : 0),
        () => publisher.publish(isFed ? 100 : 0),
        () => {
          const sink = FakeSink.create();
          pages.push({ sink, viewer: open(sink) });
        },
        () => any()?.sink.stall(),
        () => any()?.sink.drain(),
        () => {
          const page = any();
          page?.sink.forget(upTo(900));
          page?.viewer.resume(page.sink.cursor);
        },
        () => {
          const page = any();
          if (page) {
            page.viewer.close();
            page.sink.reconnect();
            page.viewer = open(page.sink);
          }
        },
        () => clock.advance(random() * 300),
      ];
      for (let step = 0; step < STEPS; step += 1) {
        await actions[Math.floor(random() * actions.length)]();
        if (random() < 0.3) {
          await clock.settle();
        }
      }
      publisher.store(await live.end());
      publisher.publish(isFed ? Infinity : 0);
      endFeed();
      pages.forEach(({ sink }) => sink.drain());
      await clock.advance(60_000);

      // Who came too late to follow the run waits for another one.
      const watching = pages.filter(({ sink }) => sink.types()[0] !== 'idle');
      for (const { sink } of watching) {
        expect(sink.problems).toEqual([]);
        expect(sink.line).toBe(live.lastLine);
        expect(sink.run).toEqual(live.run);
        expect(sink.types().at(-1)).toBe('ended');
      }
      expect(watching.length).toBeGreaterThan(pages.length / 2);
      await clock.finish(broadcaster.close('The test ends'));
    },
  );
});
