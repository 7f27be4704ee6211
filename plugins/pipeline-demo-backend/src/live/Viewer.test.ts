import { CLOSE_CODES } from 'backstage-plugin-pipeline-demo-common';
import { FakeSink } from '../testing/FakeSink';
import { LiveRun } from '../testing/LiveRun';
import { override } from '../testing/override';
import { fedRun, useBroadcasters } from '../testing/useBroadcasters';
import { useRunWorld } from '../testing/useRunWorld';

const world = useRunWorld();
const createBroadcaster = useBroadcasters(world);

describe('a viewer of a run', () => {
  it('gets its snapshot and its lines, and then what happens', async () => {
    const broadcaster = createBroadcaster();
    const { live } = await fedRun(world(), broadcaster);
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
    const { live } = await fedRun(world(), broadcaster);
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
    const { live, endFeed } = await fedRun(world(), broadcaster);
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
    const { live } = await fedRun(world(), broadcaster);
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
    const { live } = await fedRun(world(), broadcaster);
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
    await fedRun(world(), broadcaster);
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
    const { live } = await fedRun(world(), broadcaster);
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
