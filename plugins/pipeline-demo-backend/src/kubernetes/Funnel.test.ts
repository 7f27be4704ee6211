import { setImmediate } from 'node:timers/promises';
import { Funnel } from './Funnel';

async function* numbers(from: number, to: number, read: number[] = []) {
  for (let number = from; number <= to; number += 1) {
    read.push(number);
    yield number;
  }
}

async function* silent(signal: AbortSignal) {
  await new Promise(resolve => {
    signal.addEventListener('abort', resolve);
  });
  yield* [];
}

async function* failing() {
  yield 1;
  throw new Error('broken');
}

const onEnd = () => {};

async function collect(funnel: Funnel<number>): Promise<number[]> {
  const all = [];
  for await (const item of funnel.items()) {
    all.push(item);
  }
  return all;
}

describe('Funnel', () => {
  it('takes from all streams in turn, each in its order', async () => {
    const funnel = Funnel.create<number>();
    funnel.add(numbers(1, 3), onEnd);
    funnel.add(numbers(11, 13), onEnd);
    funnel.seal();
    expect(await collect(funnel)).toEqual([1, 11, 2, 12, 3, 13]);
  });

  it('takes streams that come later, and ends when it is sealed', async () => {
    const funnel = Funnel.create<number>();
    const all = collect(funnel);
    await setImmediate();
    const ended = jest.fn();
    funnel.add(numbers(1, 2), ended);
    await setImmediate();
    expect(ended).toHaveBeenCalledTimes(1);
    expect(funnel.size).toBe(0);
    funnel.seal();
    expect(await all).toEqual([1, 2]);
  });

  it('lets no stream run ahead of who takes', async () => {
    const funnel = Funnel.create<number>();
    const read: number[] = [];
    funnel.add(numbers(1, 100, read), onEnd);
    const items = funnel.items();
    await items.next();
    await setImmediate();
    expect(read).toEqual([1]);
    await items.next();
    await setImmediate();
    expect(read).toEqual([1, 2]);
    await items.return();
    await funnel.ended();
    expect(read.length).toBeLessThan(4);
  });

  it('throws what a stream throws, after what it gave', async () => {
    const funnel = Funnel.create<number>();
    funnel.add(failing(), onEnd);
    const items = funnel.items();
    expect(await items.next()).toEqual({ value: 1, done: false });
    await expect(items.next()).rejects.toThrow('broken');
  });

  it('waits for streams that are ended from outside', async () => {
    const stop = new AbortController();
    const funnel = Funnel.create<number>();
    funnel.add(silent(stop.signal), onEnd);
    funnel.seal();
    const all = collect(funnel);
    await setImmediate();
    expect(funnel.size).toBe(1);
    stop.abort();
    expect(await all).toEqual([]);
    await funnel.ended();
  });
});
