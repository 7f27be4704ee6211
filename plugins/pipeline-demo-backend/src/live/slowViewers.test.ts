import { FakeSink } from '../testing/FakeSink';
import { fedRun, useBroadcasters } from '../testing/useBroadcasters';
import { useRunWorld } from '../testing/useRunWorld';

const world = useRunWorld();
const createBroadcaster = useBroadcasters(world);

describe('a slow viewer', () => {
  const big = 'x'.repeat(10_000);

  it('gets nothing more, costs no memory, and delays nobody', async () => {
    const broadcaster = createBroadcaster();
    const { live } = await fedRun(world(), broadcaster);
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
    const { live } = await fedRun(world(), broadcaster);
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
    const { live } = await fedRun(world(), broadcaster);
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
    await fedRun(world(), broadcaster);
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
