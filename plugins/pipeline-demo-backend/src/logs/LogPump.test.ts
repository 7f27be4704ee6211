import { mockServices } from '@backstage/backend-test-utils';
import type { LogGap, LogLine } from 'backstage-plugin-pipeline-demo-common';
import type { Engine, LogChunk, ResumePoint } from '../ports/Engine';
import { LeaseLostError } from '../ports/RunStore';
import type { Lease } from '../ports/RunStore';
import { override } from '../testing/override';
import { useRunWorld } from '../testing/useRunWorld';
import { LogPump } from './LogPump';
import type { LogPumpOptions } from './LogPump';

const world = useRunWorld();
const logger = mockServices.logger.mock();

/** Chunks that a test hands out one by one. */
class Feed {
  readonly #chunks: (LogChunk | Error | 'end')[] = [];
  #wake = () => {};

  give(...chunks: (LogChunk | Error | 'end')[]): void {
    this.#chunks.push(...chunks);
    this.#wake();
  }

  async *follow(signal: AbortSignal): AsyncGenerator<LogChunk> {
    while (!signal.aborted) {
      const next = this.#chunks.shift();
      if (next === 'end') {
        return;
      }
      if (next instanceof Error) {
        throw next;
      }
      if (next) {
        yield next;
      } else {
        await new Promise<void>(resolve => {
          this.#wake = resolve;
          signal.addEventListener('abort', () => resolve(), { once: true });
        });
      }
    }
  }
}

function chunk(id: string, resume: string, ...texts: string[]): LogChunk {
  return {
    type: 'lines',
    source: { id, task: id },
    lines: texts.map(text => ({ at: 1, text })),
    resume,
  };
}

async function setup(changes: Partial<LogPumpOptions> = {}) {
  const { clock, runs, logs, engine } = world();
  const spec = {
    id: 'r1',
    batchCount: 1,
    engine: 'local' as const,
    createdBy: 'user:default/guest',
    createdAt: clock.now(),
    seed: 1,
  };
  const created = await runs.create(spec, { owner: 'me', leaseMs: 600_000 });
  if (created.type !== 'created') {
    throw new Error('There is a run already');
  }
  const feed = new Feed();
  const resumes: ReadonlyMap<string, ResumePoint>[] = [];
  const follow: Engine['follow'] = (_run, resume, signal) => {
    resumes.push(new Map(resume));
    return feed.follow(signal);
  };
  const gaps: LogGap[] = [];
  const batches: (readonly LogLine[])[] = [];
  const keeper = new AbortController();
  const options: LogPumpOptions = {
    ...{ clock, runs, logs, logger, spec },
    lease: created.lease,
    signal: keeper.signal,
    engine: override<Engine>(engine, { follow }),
    lastLine: 0,
    onLines: batch => batches.push(batch),
    onGap: async gap => {
      gaps.push(gap);
    },
    ...changes,
  };
  const pump = LogPump.create(options);
  return { feed, pump, gaps, batches, resumes, keeper, lease: created.lease };
}

describe('LogPump', () => {
  const texts = async () => (await world().lines('r1')).map(({ text }) => text);

  it('numbers the lines of all sources, and says when it is at the end', async () => {
    const { feed, pump, batches } = await setup();
    const pumping = pump.pump();
    feed.give(chunk('a', '2', 'a1', 'a2'), chunk('b', '1', 'b1'), 'end');
    await world().clock.finish(pumping);

    expect(await world().lines('r1')).toEqual([
      { line: 1, task: 'a', at: 1, text: 'a1' },
      { line: 2, task: 'a', at: 1, text: 'a2' },
      { line: 3, task: 'b', at: 1, text: 'b1' },
    ]);
    expect(batches.flat()).toEqual(await world().lines('r1'));
    expect(pump).toMatchObject({ drained: true, lastLine: 3 });
    expect(await world().logs.resumePoints('r1')).toEqual(
      new Map([
        ['a', '2'],
        ['b', '1'],
      ]),
    );
  });

  it('lets a line wait 15 ms at the most', async () => {
    const { feed, pump, batches } = await setup();
    void pump.pump();
    feed.give(chunk('a', '1', 'one'));
    await world().clock.advance(10);
    feed.give(chunk('a', '2', 'two'));
    await world().clock.advance(4);
    expect(batches).toEqual([]);
    await world().clock.advance(1);
    expect(batches.map(batch => batch.length)).toEqual([2]);

    feed.give(chunk('a', '3', 'three'));
    await world().clock.advance(14);
    expect(batches).toHaveLength(1);
    await world().clock.advance(1);
    expect(batches).toHaveLength(2);
    pump.stop();
  });

  it('stores at once what has grown to 16 KiB', async () => {
    const { feed, pump, batches } = await setup();
    void pump.pump();
    const text = 'x'.repeat(6 * 1024);
    feed.give(...[1, 2, 3, 4].map(count => chunk('a', `${count}`, text)));
    await world().clock.settle();

    expect(batches.map(batch => batch.length)).toEqual([3]);
    pump.stop();
  });

  it('goes on from the stored points when reading fails, with what it had', async () => {
    const { feed, pump, resumes } = await setup();
    const pumping = pump.pump();
    feed.give(chunk('a', '1', 'one'), new Error('connection reset'));
    feed.give(chunk('a', '2', 'two'), 'end');
    await world().clock.finish(pumping);

    expect(await texts()).toEqual(['one', 'two']);
    expect(resumes).toEqual([new Map(), new Map([['a', '1']])]);
  });

  it('comes back quickly again after a good chunk', async () => {
    const { feed, pump, resumes } = await setup();
    void pump.pump();
    for (let failure = 0; failure < 8; failure += 1) {
      feed.give(new Error('no connection'));
      await world().clock.advance(10_000);
    }
    const before = resumes.length;
    feed.give(chunk('a', '1', 'one'), new Error('connection reset'));
    await world().clock.advance(250);

    expect(resumes).toHaveLength(before + 1);
    pump.stop();
  });

  it('reports a gap after the lines before it, and passes it once it is reported', async () => {
    const { feed, pump, gaps } = await setup();
    const pumping = pump.pump();
    const source = { id: 'a', task: 'a' };
    const gap = { from: 5, to: 9, reason: 'node gone' };
    feed.give(chunk('a', '1', 'one'));
    feed.give({ type: 'gap', source, ...gap, resume: 'after' }, 'end');
    await world().clock.finish(pumping);

    expect(gaps).toEqual([{ task: 'a', afterLine: 1, ...gap }]);
    expect(await world().logs.resumePoints('r1')).toEqual(
      new Map([['a', 'after']]),
    );
  });

  it('stores what it has read when it is told to stop', async () => {
    const { feed, pump } = await setup();
    const pumping = pump.pump();
    feed.give(chunk('a', '1', 'one'));
    await world().clock.settle();
    pump.stop();
    await pumping;

    expect(await texts()).toEqual(['one']);
    expect(pump.drained).toBe(false);
  });

  it('stores nothing more when its keeper stops', async () => {
    const { feed, pump, keeper } = await setup();
    const pumping = pump.pump();
    feed.give(chunk('a', '1', 'one'));
    await world().clock.settle();
    keeper.abort();
    await pumping;

    expect(await texts()).toEqual([]);
    expect(pump.drained).toBe(false);
  });

  it('stops at once when the lease is lost', async () => {
    const { feed, pump, batches, lease } = await setup();
    const pumping = pump.pump();
    await world().runs.takeLease('r1', 'me', 600_000);
    feed.give(chunk('a', '1', 'one'));

    await expect(world().clock.finish(pumping)).rejects.toThrow(LeaseLostError);
    expect(batches).toEqual([]);
    expect(await texts()).toEqual([]);
    expect(lease.epoch).toBe(1);
  });

  it('writes again after an error, but not what was stored behind it', async () => {
    const { logs, clock } = world();
    let call = 0;
    const append = jest.fn(async (...args: Parameters<typeof logs.append>) => {
      call += 1;
      if (call === 1) {
        throw new Error('connection refused');
      }
      await logs.append(...args);
      if (call === 2) {
        throw new Error('connection lost after the commit');
      }
    });
    const { feed, pump, batches } = await setup({
      logs: override(logs, { append }),
    });
    const pumping = pump.pump();
    feed.give(chunk('a', '1', 'one'));
    await clock.advance(1_000);
    feed.give(chunk('a', '2', 'two'), 'end');
    await clock.finish(pumping);

    expect(await texts()).toEqual(['one', 'two']);
    expect(batches.flat().map(({ text }) => text)).toEqual(['one', 'two']);
    expect(append).toHaveBeenCalledTimes(3);
  });

  it('does not take the lines of another owner for its own', async () => {
    const { logs, runs, clock } = world();
    const append = async (...args: Parameters<typeof logs.append>) => {
      const taken = await runs.takeLease('r1', 'me', 600_000);
      await logs.append(taken as Lease, ...withoutLease(args));
      throw new Error('connection lost');
    };
    const { feed, pump, batches } = await setup({
      logs: override(logs, { append }),
    });
    const pumping = pump.pump();
    feed.give(chunk('a', '1', 'one'));

    await expect(clock.finish(pumping)).rejects.toThrow(LeaseLostError);
    expect(batches).toEqual([]);
  });
});

function withoutLease<A, B, C>([, lines, resume]: [A, B, C]): [B, C] {
  return [lines, resume];
}
