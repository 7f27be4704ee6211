import { mockServices } from '@backstage/backend-test-utils';
import { CLOSE_CODES } from 'backstage-plugin-pipeline-demo-common';
import { FakeSink } from '../testing/FakeSink';
import { LiveRun } from '../testing/LiveRun';
import { override } from '../testing/override';
import { useRunWorld } from '../testing/useRunWorld';
import { Broadcaster } from './Broadcaster';
import type { BroadcasterOptions } from './Broadcaster';

const world = useRunWorld();
const logger = mockServices.logger.mock();
const open: Broadcaster[] = [];

function createBroadcaster(changes: Partial<BroadcasterOptions> = {}) {
  const { clock, runs, logs } = world();
  const options = { clock, runs, logs, logger, ...changes };
  const broadcaster = Broadcaster.create(options);
  open.push(broadcaster);
  return broadcaster;
}

afterEach(async () => {
  for (const broadcaster of open.splice(0)) {
    await world().clock.finish(broadcaster.close('The test ends'));
  }
});

/** A run with 3 lines and 1 event that a keeper of this process feeds. */
async function fedRun(broadcaster: Broadcaster, id = 'r1') {
  const live = await LiveRun.create(world(), id);
  await live.step();
  await live.write(3);
  const { run, lastLine } = live;
  const endFeed = broadcaster.feed({ run, lastLine, epoch: 1 });
  return { live, endFeed };
}

describe('a viewer of a run', () => {
  it('gets its snapshot and its lines, and then what happens', async () => {
    const broadcaster = createBroadcaster();
    const { live } = await fedRun(broadcaster);
    const page = FakeSink.create();
    broadcaster.open(page, { run: 'r1' });
    await world().clock.settle();
    broadcaster.published(await live.step());
    broadcaster.published(await live.write(2));

    expect(page.messages).toMatchObject([
      {
        type: 'snapshot',
        run: { id: 'r1', event: 1 },
        firstLine: 1,
        lastLine: 3,
        presence: { viewers: 1, now: world().clock.now() },
      },
      { type: 'presence' },
      { type: 'lines', run: 'r1', first: 1 },
      { type: 'event', run: 'r1', event: { event: 2 } },
      { type: 'lines', run: 'r1', first: 4 },
    ]);
    expect(page.line).toBe(5);
    expect(page.problems).toEqual([]);
  });

  it.each([
    [{ tail: 2 }, 2],
    [{ tail: 0 }, 4],
    [{ tail: 99 }, 1],
    [{ line: 1 }, 2],
    [{ line: 3, tail: 3 }, 4],
    [{ line: 99 }, 4],
    [{ line: 0, event: 1 }, 1],
  ])('with %j gets the lines from %d on', async (request, first) => {
    const broadcaster = createBroadcaster();
    const { live } = await fedRun(broadcaster);
    const page = FakeSink.create();
    page.line = first - 1;
    broadcaster.open(page, { run: 'r1', ...request });
    await world().clock.settle();
    broadcaster.published(await live.write(1));

    expect(page.messages[0]).toMatchObject({ firstLine: first });
    expect(page.line).toBe(4);
    expect(page.problems).toEqual([]);
  });

  it('that does not exist is told so', async () => {
    const page = FakeSink.create();
    createBroadcaster().open(page, { run: 'rnone' });
    await world().clock.settle();

    expect(page.types()).toEqual(['bye']);
    expect(page.messages[0]).toMatchObject({ name: 'NotFoundError' });
    expect(page.closed?.code).toBe(CLOSE_CODES.notFound);
  });

  it('that has ended gets all of it, and the end', async () => {
    const live = await LiveRun.create(world(), 'r1');
    await live.write(1_201);
    await live.end();
    const page = FakeSink.create();
    const broadcaster = createBroadcaster();
    broadcaster.open(page, { run: 'r1' });
    await world().clock.settle();

    expect(page.types()).toEqual([
      'snapshot',
      'lines',
      'lines',
      'lines',
      'ended',
    ]);
    expect(page.closed).toEqual({ code: CLOSE_CODES.ended, reason: 'ended' });
    expect(page.problems).toEqual([]);
    expect(broadcaster.viewers()).toBe(0);
  });

  it('is told the end when it comes, after all lines', async () => {
    const broadcaster = createBroadcaster();
    const { live, endFeed } = await fedRun(broadcaster);
    const page = FakeSink.create();
    broadcaster.open(page, { run: 'r1' });
    await world().clock.settle();
    broadcaster.published(await live.write(2));
    broadcaster.published(await live.end());
    endFeed();

    expect(page.types().slice(-2)).toEqual(['event', 'ended']);
    expect(page.run).toEqual(live.run);
    expect(page.line).toBe(5);
    expect(page.closed?.code).toBe(CLOSE_CODES.ended);
  });

  it('can go back to what it has, and gets the rest again', async () => {
    const broadcaster = createBroadcaster();
    const { live } = await fedRun(broadcaster);
    const page = FakeSink.create();
    const viewer = broadcaster.open(page, { run: 'r1' });
    await world().clock.settle();
    broadcaster.published(await live.step());
    broadcaster.published(await live.step());
    page.messages.length = 0;
    viewer.resume({ event: 2, line: 1 });
    await world().clock.settle();

    expect(page.messages).toMatchObject([
      { type: 'event', event: { event: 3 } },
      { type: 'lines', first: 2, lines: [{}, {}] },
    ]);
    viewer.resume({ event: 99, line: 99 });
    broadcaster.published(await live.write(1));
    await world().clock.settle();
    expect(page.messages.at(-1)).toMatchObject({ type: 'lines', first: 4 });
  });

  it('reads what it was not given, and leaves what it was given before', async () => {
    const broadcaster = createBroadcaster();
    const { live } = await fedRun(broadcaster);
    const page = FakeSink.create();
    broadcaster.open(page, { run: 'r1' });
    await world().clock.settle();
    await live.write(2);
    await live.step();
    const last = [await live.write(1), await live.step()];
    last.forEach(update => broadcaster.published(update));
    await world().clock.settle();
    last.forEach(update => broadcaster.published(update));
    await world().clock.settle();

    expect(page.line).toBe(6);
    expect(page.run).toEqual(live.run);
    expect(page.problems).toEqual([]);
  });

  it('goes on from where it said last, whatever is being read at that time', async () => {
    const { clock, logs } = world();
    const broadcaster = createBroadcaster({
      logs: override(logs, {
        read: async (...args) => {
          const lines = await logs.read(...args);
          await clock.sleep(100, new AbortController().signal);
          return lines;
        },
      }),
    });
    await fedRun(broadcaster);
    const page = FakeSink.create();
    const viewer = broadcaster.open(page, { run: 'r1' });
    await clock.advance(200);
    page.forget(1);
    viewer.resume({ event: 1, line: 2 });
    await clock.advance(50);
    page.forget(1);
    viewer.resume({ event: 1, line: 1 });
    await clock.advance(200);

    expect(page.line).toBe(3);
    expect(page.problems).toEqual([]);
  });

  it('whose sink is broken is closed, and the others are not', async () => {
    const broadcaster = createBroadcaster();
    const { live } = await fedRun(broadcaster);
    const [broken, page] = [FakeSink.create(), FakeSink.create()];
    broadcaster.open(broken, { run: 'r1' });
    broadcaster.open(page, { run: 'r1' });
    await world().clock.settle();
    broken.send = () => {
      throw new Error('write after end');
    };
    broadcaster.published(await live.write(1));

    expect(broadcaster.viewers('r1')).toBe(1);
    expect(page.line).toBe(4);
  });
});

describe('a slow viewer', () => {
  const big = 'x'.repeat(10_000);

  it('gets nothing more, costs no memory, and delays nobody', async () => {
    const broadcaster = createBroadcaster();
    const { live } = await fedRun(broadcaster);
    const [slow, page] = [FakeSink.create(), FakeSink.create()];
    broadcaster.open(slow, { run: 'r1' });
    broadcaster.open(page, { run: 'r1' });
    await world().clock.settle();
    slow.stall();
    for (let batch = 0; batch < 40; batch += 1) {
      broadcaster.published(await live.write(10, big));
    }
    await world().clock.advance(5_000);

    expect(page.line).toBe(403);
    expect(slow.line).toBeLessThan(150);
    expect(slow.buffered()).toBeLessThan(1.2 * 1024 * 1024);

    slow.drain();
    await world().clock.advance(200);
    expect(slow.line).toBe(403);
    broadcaster.published(await live.write(1));
    expect(slow.line).toBe(404);
    expect([slow.problems, page.problems]).toEqual([[], []]);
  });

  it('that comes late to a long log reads it in pages', async () => {
    const broadcaster = createBroadcaster();
    const { live } = await fedRun(broadcaster);
    broadcaster.published(await live.write(2_000, big));
    const slow = FakeSink.create();
    slow.stall();
    const read = jest.spyOn(world().logs, 'read');
    broadcaster.open(slow, { run: 'r1' });
    await world().clock.advance(5_000);

    // One page of 500 lines is over the budget already.
    expect(slow.line).toBe(500);
    expect(read).toHaveBeenCalledTimes(1);
    slow.drain();
    await world().clock.advance(1_000);
    expect(slow.line).toBe(2_003);
    expect(slow.problems).toEqual([]);
    const sizes = slow.messages.map(message => JSON.stringify(message).length);
    expect(Math.max(...sizes)).toBeLessThan(300 * 1024);
  });

  it('of a store that fails comes back to it, while others go on', async () => {
    const broadcaster = createBroadcaster();
    const { live } = await fedRun(broadcaster);
    const page = FakeSink.create();
    broadcaster.open(page, { run: 'r1' });
    await world().clock.settle();
    const read = jest
      .spyOn(world().logs, 'read')
      .mockRejectedValue(new Error('no connection'));
    const late = FakeSink.create();
    broadcaster.open(late, { run: 'r1' });
    await world().clock.advance(1_000);
    broadcaster.published(await live.write(1));
    expect([page.line, late.line]).toEqual([4, 0]);
    read.mockRestore();
    await world().clock.advance(5_000);

    expect(late.line).toBe(4);
    expect(late.problems).toEqual([]);
  });

  it('is not given a hole by a store that has one', async () => {
    const broadcaster = createBroadcaster();
    await fedRun(broadcaster);
    const [third] = await world().logs.read('r1', { from: 3, to: 3, limit: 1 });
    const read = jest.spyOn(world().logs, 'read').mockResolvedValue([third]);
    const page = FakeSink.create();
    broadcaster.open(page, { run: 'r1' });
    await world().clock.advance(1_000);
    expect(page.line).toBe(0);
    read.mockRestore();
    await world().clock.advance(5_000);

    expect(page.line).toBe(3);
    expect(page.problems).toEqual([]);
  });
});

describe('a viewer of whatever is active', () => {
  it('waits, and is brought to each run that begins', async () => {
    const broadcaster = createBroadcaster();
    const page = FakeSink.create();
    broadcaster.open(page, {});
    await world().clock.settle();
    expect(page.types()).toEqual(['idle']);

    const first = await fedRun(broadcaster, 'r1');
    await world().clock.settle();
    expect(page.types()).toEqual(['idle', 'switched', 'snapshot', 'lines']);
    broadcaster.published(await first.live.end());
    first.endFeed();
    await world().clock.advance(60_000);
    expect(page.types().at(-1)).toBe('ended');
    expect(page.closed).toBeUndefined();
    expect(page.run?.id).toBe('r1');

    page.messages.length = 0;
    const second = await fedRun(broadcaster, 'r2');
    await world().clock.settle();
    broadcaster.published(await second.live.write(1));
    expect(page.types()).toEqual(['switched', 'snapshot', 'lines', 'lines']);
    expect(page.run?.id).toBe('r2');
    expect(page.line).toBe(4);
    expect(page.problems).toEqual([]);
  });

  it('begins with the active run', async () => {
    const broadcaster = createBroadcaster();
    await fedRun(broadcaster);
    const page = FakeSink.create();
    broadcaster.open(page, { line: 99 });
    await world().clock.settle();

    expect(page.types()).toEqual(['snapshot', 'lines']);
    expect(page.line).toBe(3);
    expect(page.problems).toEqual([]);
  });

  it('finds also a run that another process keeps, and its end', async () => {
    const broadcaster = createBroadcaster();
    const page = FakeSink.create();
    broadcaster.open(page, {});
    await world().clock.advance(1_000);
    const live = await LiveRun.create(world(), 'r1');
    await live.write(2);
    await world().clock.advance(1_000);
    expect(page.line).toBe(2);
    await live.write(1);
    await live.end();
    await world().clock.advance(1_000);

    expect(page.run).toEqual(live.run);
    expect(page.line).toBe(3);
    expect(page.types().at(-1)).toBe('ended');
    expect(page.problems).toEqual([]);
  });

  it('waits on while the store does not answer', async () => {
    const active = jest
      .spyOn(world().runs, 'active')
      .mockRejectedValue(new Error('no connection'));
    const broadcaster = createBroadcaster();
    const page = FakeSink.create();
    broadcaster.open(page, {});
    await world().clock.advance(5_000);
    expect(page.messages).toEqual([]);
    active.mockRestore();
    await world().clock.advance(10_000);

    expect(page.types()).toEqual(['idle']);
  });
});

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

describe('presence', () => {
  const presences = (page: FakeSink) =>
    page.messages.flatMap(message =>
      message.type === 'presence' ? [message.presence] : [],
    );

  it('is sent once a second at the most, and every five seconds at the least', async () => {
    const broadcaster = createBroadcaster();
    await fedRun(broadcaster);
    const page = FakeSink.create();
    broadcaster.open(page, { run: 'r1' });
    for (let at = 1; at <= 40; at += 1) {
      broadcaster.seen('r1', at);
      await world().clock.advance(100);
    }
    expect(presences(page).length).toBeGreaterThanOrEqual(3);
    expect(presences(page).length).toBeLessThanOrEqual(5);
    expect(presences(page).at(-1)).toMatchObject({ viewers: 1 });
    expect(broadcaster.seenAt('r1')).toBe(40);

    await world().clock.advance(2_000);
    page.messages.length = 0;
    await world().clock.advance(20_000);
    expect(presences(page)).toHaveLength(4);
    expect(presences(page)[0]).toMatchObject({ viewers: 1, seenAt: 40 });
  });

  it('counts who comes and goes', async () => {
    const broadcaster = createBroadcaster();
    await fedRun(broadcaster);
    const page = FakeSink.create();
    broadcaster.open(page, { run: 'r1' });
    const other = broadcaster.open(FakeSink.create(), {});
    await world().clock.advance(1_500);
    expect(presences(page).at(-1)?.viewers).toBe(2);
    other.close();
    await world().clock.advance(1_500);
    expect(presences(page).at(-1)?.viewers).toBe(1);
  });

  it('is sent to those who wait for a run, too', async () => {
    const broadcaster = createBroadcaster();
    const page = FakeSink.create();
    broadcaster.open(page, {});
    await world().clock.advance(11_000);

    expect(presences(page)).toHaveLength(3);
    expect(page.types()).toEqual(['idle']);
  });
});

describe('close', () => {
  it('says goodbye to all, and when to come back', async () => {
    const broadcaster = createBroadcaster();
    await fedRun(broadcaster);
    const pages = [FakeSink.create(), FakeSink.create()];
    broadcaster.open(pages[0], { run: 'r1' });
    broadcaster.open(pages[1], {});
    await world().clock.settle();
    await broadcaster.close('The server restarts');
    const late = FakeSink.create();
    broadcaster.open(late, { run: 'r1' });

    for (const page of [...pages, late]) {
      expect(page.messages.at(-1)).toMatchObject({
        type: 'bye',
        retryAfterMs: 1_000,
      });
      expect(page.closed?.code).toBe(CLOSE_CODES.restart);
      expect(page.problems).toEqual([]);
    }
    expect(broadcaster.viewers()).toBe(0);
  });
});
