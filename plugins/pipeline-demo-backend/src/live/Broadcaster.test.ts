import { CLOSE_CODES } from 'backstage-plugin-pipeline-demo-common';
import { FakeSink } from '../testing/FakeSink';
import { LiveRun } from '../testing/LiveRun';
import { fedRun, useBroadcasters } from '../testing/useBroadcasters';
import { useRunWorld } from '../testing/useRunWorld';

const world = useRunWorld();
const createBroadcaster = useBroadcasters(world);

describe('a viewer of whatever is active', () => {
  it('waits, and is brought to each run that begins', async () => {
    const broadcaster = createBroadcaster();
    const page = FakeSink.create();
    broadcaster.open(page, {});
    await world().clock.settle();
    expect(page.types()).toEqual(['idle']);

    const first = await fedRun(world(), broadcaster, 'r1');
    await world().clock.settle();
    expect(page.types()).toEqual(['idle', 'switched', 'snapshot', 'lines']);
    broadcaster.published(await first.live.end());
    first.endFeed();
    await world().clock.advance(60_000);
    expect(page.types().at(-1)).toBe('ended');
    expect(page.closed).toBeUndefined();
    expect(page.run?.id).toBe('r1');

    page.messages.length = 0;
    const second = await fedRun(world(), broadcaster, 'r2');
    await world().clock.settle();
    broadcaster.published(await second.live.write(1));
    expect(page.types()).toEqual(['switched', 'snapshot', 'lines', 'lines']);
    expect(page.run?.id).toBe('r2');
    expect(page.line).toBe(4);
    expect(page.problems).toEqual([]);
  });

  it('begins with the active run', async () => {
    const broadcaster = createBroadcaster();
    await fedRun(world(), broadcaster);
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

describe('presence', () => {
  const presences = (page: FakeSink) =>
    page.messages.flatMap(message =>
      message.type === 'presence' ? [message.presence] : [],
    );

  it('is sent once a second at the most, and every five seconds at the least', async () => {
    const broadcaster = createBroadcaster();
    await fedRun(world(), broadcaster);
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
    await fedRun(world(), broadcaster);
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
    await fedRun(world(), broadcaster);
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
