import type { RunEvent } from 'backstage-plugin-pipeline-demo-common';
import { START_TIME } from '../api/__testUtils__/messages';
import { RunPast } from './RunPast';

const event = (number: number): RunEvent => ({
  type: 'TakenOver',
  at: START_TIME,
  epoch: number,
  event: number,
});

/** A server with so many events, in pages of two. */
function pastOf(count: number) {
  const server = { count, has: count };
  const read = jest.fn(async (_run: string, after: number) =>
    [after + 1, after + 2].filter(number => number <= server.has).map(event),
  );
  const onChange = jest.fn();
  const past = new RunPast({ read, count: () => server.count, onChange });
  const loaded = async () => {
    past.load('r1');
    await new Promise(resolve => setTimeout(resolve));
    return past.state;
  };
  return { past, read, onChange, loaded, server };
}

const numbersOf = ({ events }: { readonly events: readonly RunEvent[] }) =>
  events.map(({ event: number }) => number);

describe('RunPast', () => {
  it('reads all pages, once, and tells when they are here', async () => {
    const { loaded, read, onChange } = pastOf(5);
    expect(numbersOf(await loaded())).toEqual([1, 2, 3, 4, 5]);
    expect(read.mock.calls).toEqual([
      ['r1', 0],
      ['r1', 2],
      ['r1', 4],
    ]);
    expect(onChange).toHaveBeenCalledTimes(1);
    await loaded();
    expect(read).toHaveBeenCalledTimes(3);
  });

  it('goes on with what the stream brings, but leaves no hole', async () => {
    const { past, loaded, server, read } = pastOf(2);
    past.add(event(3));
    expect(past.state.events).toEqual([]);
    await loaded();
    server.count = 3;
    past.add(event(3));
    past.add(event(3));
    expect(numbersOf(past.state)).toEqual([1, 2, 3]);
    await loaded();
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('reads what came while it was reading', async () => {
    const { past, loaded, server, read } = pastOf(2);
    read.mockImplementationOnce(async () => {
      server.count = 3;
      server.has = 3;
      past.add(event(3));
      return [event(1), event(2)];
    });
    expect(numbersOf(await loaded())).toEqual([1, 2, 3]);
  });

  it('says what went wrong, and tries again when asked', async () => {
    const { loaded, read, onChange } = pastOf(2);
    read.mockRejectedValueOnce(new Error('no database'));
    expect((await loaded()).error?.message).toBe('no database');
    expect(onChange).toHaveBeenCalledTimes(1);
    const state = await loaded();
    expect(numbersOf(state)).toEqual([1, 2]);
    expect(state.error).toBeUndefined();
  });

  it('does not take a part for the whole', async () => {
    const { loaded, server } = pastOf(4);
    server.has = 2;
    expect((await loaded()).error?.message).toBe(
      'Of 4 events the server has 2',
    );
  });

  it('forgets another run, also one whose answer is on its way', async () => {
    const { past, loaded } = pastOf(2);
    past.load('r0');
    past.clear();
    await new Promise(resolve => setTimeout(resolve));
    expect(past.state.events).toEqual([]);
    expect(numbersOf(await loaded())).toEqual([1, 2]);
  });
});
