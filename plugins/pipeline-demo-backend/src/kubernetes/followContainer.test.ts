import fc from 'fast-check';
import type { LogChunk } from '../ports/Engine';
import { FakeClock } from '../testing/FakeClock';
import { ContainerFate } from './ContainerFate';
import type { ContainerState } from './ContainerFate';
import { followContainer } from './followContainer';
import type { ContainerLog } from './followContainer';
import { LogCluster } from './__testUtils__/LogCluster';
import type { Connection, WrittenLine } from './__testUtils__/LogCluster';

const START = Date.parse('2026-11-24T13:10:00Z');
const NO_JITTER = () => 0;

/** As kubelet and containerd say it in a stream of status 200. */
const REMOVED = `rpc error: code = NotFound desc = an error occurred when try to find container "${'f2'.repeat(
  32,
)}": not found`;

/** `ms` after the begin, and so many nanoseconds more. */
function time(ms: number, nanos = 0): string {
  const iso = new Date(START + ms).toISOString();
  return iso.replace('Z', `${String(nanos).padStart(6, '0')}Z`);
}

function line(ms: number, content: string): WrittenLine {
  return { time: time(ms), content };
}

function texts(chunks: readonly LogChunk[]): string[] {
  return chunks.flatMap(chunk =>
    chunk.type === 'lines' ? chunk.lines.map(({ text }) => text) : [],
  );
}

function gaps(chunks: readonly LogChunk[]) {
  return chunks.filter(chunk => chunk.type === 'gap');
}

/** A follow whose chunks are collected; `done` when it has returned. */
function startFollow(
  cluster: LogCluster,
  {
    clock = FakeClock.create(),
    state = 'running' as ContainerState,
    resume = undefined as string | undefined,
    stopAfterChunks = Infinity,
  } = {},
) {
  const fate = ContainerFate.create(state);
  const stop = new AbortController();
  const log: ContainerLog = {
    source: { id: 'uid/main', task: 'GENERATE:2' },
    pod: 'pod',
    container: 'main',
    startedAt: START,
    fate,
  };
  const chunks: LogChunk[] = [];
  const follow = async () => {
    const deps = { cluster, clock, random: NO_JITTER };
    for await (const chunk of followContainer(deps, log, resume, stop.signal)) {
      chunks.push(chunk);
      if (chunks.length >= stopAfterChunks) {
        stop.abort();
      }
    }
  };
  return { clock, fate, chunks, stop, done: follow() };
}

describe('followContainer', () => {
  it('reads an ended container to its end, and marks it', async () => {
    const cluster = LogCluster.create();
    cluster.write(line(0, 'one'), line(5, ''), line(5, 'three'));
    cluster.end();
    const { chunks, clock, done } = startFollow(cluster, {
      state: 'terminated',
    });
    await clock.finish(done);
    expect(texts(chunks)).toEqual(['one', '', 'three']);
    expect(chunks.at(-1)).toMatchObject({
      lines: [],
      resume: 'GENERATE:2 2026-11-24T13:10:00.005000000Z 0 3 drained',
    });
    expect(cluster.requests).toHaveLength(1);
  });

  it('does not open what was drained before', async () => {
    const cluster = LogCluster.create();
    const { chunks, clock, done } = startFollow(cluster, {
      resume: 'GENERATE:2 2026-11-24T13:10:00.005000000Z 0 3 drained',
    });
    await clock.finish(done);
    expect(chunks).toEqual([]);
    expect(cluster.requests).toEqual([]);
  });

  it('gives lines as they are written, and their time in milliseconds', async () => {
    const cluster = LogCluster.create();
    const { chunks, clock, done, stop } = startFollow(cluster);
    await clock.settle();
    cluster.write({ time: time(120, 999_999), content: 'live' });
    await clock.settle();
    expect(chunks).toMatchObject([
      { lines: [{ at: START + 120, text: 'live' }] },
    ]);
    stop.abort();
    await clock.finish(done);
  });

  it('is not at its end before the container is, however the stream ends', async () => {
    const cluster = LogCluster.create();
    cluster.write(line(0, 'one'), line(1, 'two'));
    cluster.connections = [
      { type: 'end', afterBytes: 35 },
      { type: 'end', afterBytes: 20 },
    ];
    const { chunks, clock, fate, done } = startFollow(cluster);
    await clock.until(() => texts(chunks).length === 2);
    cluster.write(line(2, 'three'));
    await clock.until(() => texts(chunks).length === 3);
    fate.tell('terminated');
    cluster.write(line(3, 'the last one'));
    cluster.end();
    await clock.finish(done);
    expect(texts(chunks)).toEqual(['one', 'two', 'three', 'the last one']);
    expect(gaps(chunks)).toEqual([]);
  });

  it('knows the end also when the pod is gone right after it', async () => {
    const cluster = LogCluster.create();
    cluster.write(line(0, 'one'));
    const { chunks, clock, fate, done } = startFollow(cluster);
    await clock.settle();
    cluster.write(line(1, 'tail'));
    cluster.end();
    cluster.connections = [{ type: 'refused', status: 404 }];
    fate.tell('terminated');
    await clock.until(() => cluster.connections.length === 0);
    fate.tell('gone');
    await clock.finish(done);
    expect(texts(chunks)).toEqual(['one', 'tail']);
    expect(gaps(chunks)).toEqual([]);
  });

  it('reads on in an open stream when the pod is gone', async () => {
    const cluster = LogCluster.create();
    const { chunks, clock, fate, done } = startFollow(cluster);
    await clock.settle();
    fate.tell('gone');
    await clock.settle();
    cluster.write(line(1, 'tail'));
    cluster.end();
    await clock.finish(done);
    expect(texts(chunks)).toEqual(['tail']);
    expect(gaps(chunks)).toEqual([]);
  });

  it.each<[string, ContainerState]>([
    ['the log is read again', 'terminated'],
    ['the pod is gone', 'gone'],
  ])('takes a last line without an end when %s', async (_, end) => {
    const cluster = LogCluster.create();
    const { chunks, clock, fate, done } = startFollow(cluster);
    await clock.settle();
    cluster.write(line(0, 'one'), { ...line(1, 'no end'), end: '' });
    cluster.end();
    fate.tell(end);
    await clock.finish(done);
    expect(texts(chunks)).toEqual(['one', 'no end']);
    expect(gaps(chunks)).toEqual([]);
  });

  it('does not take a part of a line when a stream ends too early', async () => {
    const cluster = LogCluster.create();
    cluster.write(line(0, 'one and a half'));
    cluster.connections = [{ type: 'end', afterBytes: 36 }];
    const { chunks, clock, done, stop } = startFollow(cluster);
    await clock.until(() => chunks.length > 0);
    expect(texts(chunks)).toEqual(['one and a half']);
    stop.abort();
    await clock.finish(done);
  });

  it('leaves a gap when the pod is gone before the end was read', async () => {
    const cluster = LogCluster.create();
    cluster.write(line(0, 'one'), line(40, 'two'));
    cluster.connections = [
      { type: 'reset', afterBytes: 50 },
      { type: 'refused', status: 404 },
    ];
    const { chunks, clock, fate, done } = startFollow(cluster);
    await clock.until(() => cluster.connections.length === 0);
    fate.tell('gone');
    await clock.finish(done);
    expect(texts(chunks)).toEqual(['one']);
    expect(gaps(chunks)).toEqual([
      {
        type: 'gap',
        source: { id: 'uid/main', task: 'GENERATE:2' },
        from: Math.min(START, clock.now()),
        to: clock.now(),
        reason: 'The pod was deleted before its log was read to the end.',
        resume: 'GENERATE:2 2026-11-24T13:10:00.000000000Z 0 1 drained',
      },
    ]);
  });

  it('goes on trying while the node is away', async () => {
    const cluster = LogCluster.create();
    cluster.write(line(0, 'one'));
    cluster.end();
    cluster.connections = Array.from({ length: 30 }, () => ({
      type: 'refused',
      status: 503,
    }));
    const { chunks, clock, done } = startFollow(cluster, {
      state: 'terminated',
    });
    await clock.finish(done);
    expect(texts(chunks)).toEqual(['one']);
    expect(gaps(chunks)).toEqual([]);
  });

  it.each<[string, Connection]>([
    ['not there', { type: 'refused', status: 404 }],
    ['forbidden', { type: 'refused', status: 403 }],
    [
      'thrown away',
      { type: 'text', text: 'unable to retrieve container logs for x' },
    ],
  ])(
    'leaves a gap when the log of an ended container stays %s',
    async (_, connection) => {
      const cluster = LogCluster.create();
      cluster.connections = Array.from({ length: 100 }, () => connection);
      const { chunks, clock, done } = startFollow(cluster, {
        state: 'terminated',
      });
      await clock.finish(done);
      expect(texts(chunks)).toEqual([]);
      expect(gaps(chunks)).toHaveLength(1);
      expect(chunks).toMatchObject([{ resume: 'GENERATE:2 - 0 0 drained' }]);
    },
  );

  it("does not take the kubelet's words for the container's", async () => {
    const cluster = LogCluster.create();
    cluster.write(line(0, 'one'));
    cluster.end();
    const words = 'failed to create fsnotify watcher: too many open files';
    cluster.connections = [{ type: 'text', text: `${time(0)} one\n${words}` }];
    const { chunks, clock, done } = startFollow(cluster, {
      state: 'terminated',
    });
    await clock.finish(done);
    expect(texts(chunks)).toEqual(['one']);
    expect(gaps(chunks)).toEqual([]);
  });

  it.each<[string, WrittenLine]>([
    ['an end', line(1, 'two')],
    ['no end', { ...line(1, 'two'), end: '' }],
  ])(
    'is at its end where the kubelet says that the container was removed, after a line with %s',
    async (_, last) => {
      const cluster = LogCluster.create();
      cluster.connections = [{ type: 'whole', words: REMOVED }];
      cluster.write(line(0, 'one'), last);
      cluster.end();
      const { chunks, clock, fate, done } = startFollow(cluster);
      await clock.settle();
      fate.tell('gone');
      await clock.finish(done);
      expect(texts(chunks)).toEqual(['one', 'two']);
      expect(gaps(chunks)).toEqual([]);
      expect(cluster.requests).toHaveLength(1);
    },
  );

  it('takes no part of a line when the kubelet cannot read on', async () => {
    const cluster = LogCluster.create();
    const words = 'failed to create fsnotify watcher: too many open files';
    cluster.connections = [{ type: 'whole', words }];
    cluster.write(line(0, 'one'), { ...line(1, 'two'), end: '' });
    cluster.end();
    const { chunks, clock, fate, done } = startFollow(cluster);
    await clock.settle();
    fate.tell('gone');
    await clock.finish(done);
    expect(texts(chunks)).toEqual(['one']);
    expect(gaps(chunks)).toHaveLength(1);
  });

  it("leaves words like the kubelet's alone when the container wrote them", async () => {
    const cluster = LogCluster.create();
    cluster.write({ ...line(0, `gave up: ${REMOVED}`), end: '' });
    cluster.end();
    const { chunks, clock, done } = startFollow(cluster, {
      state: 'terminated',
    });
    await clock.finish(done);
    expect(texts(chunks)).toEqual([`gave up: ${REMOVED}`]);
    expect(cluster.requests).toMatchObject([{ mode: 'read' }]);
  });

  it('opens a stream again that has been silent for long', async () => {
    const cluster = LogCluster.create();
    cluster.connections = [{ type: 'silent' }];
    cluster.write(line(0, 'one'));
    const { chunks, clock, done, stop } = startFollow(cluster);
    const since = clock.now();
    await clock.until(() => texts(chunks).length === 1);
    expect(clock.now() - since).toBeGreaterThan(60_000);
    expect(clock.now() - since).toBeLessThan(65_000);
    stop.abort();
    await clock.finish(done);
  });

  it('soon opens a silent stream again when the container has ended', async () => {
    const cluster = LogCluster.create();
    cluster.connections = [{ type: 'silent' }];
    cluster.write(line(0, 'one'));
    cluster.end();
    const { chunks, clock, done } = startFollow(cluster, {
      state: 'terminated',
    });
    const since = clock.now();
    await clock.finish(done);
    expect(texts(chunks)).toEqual(['one']);
    expect(clock.now() - since).toBeLessThan(15_000);
  });

  it('waits longer and longer, and shortly again after a good message', async () => {
    const cluster = LogCluster.create();
    cluster.write(line(0, 'one'));
    const refused: Connection = { type: 'refused', status: 500 };
    cluster.connections = [
      ...Array.from({ length: 12 }, () => refused),
      { type: 'reset', afterBytes: 1000 },
      refused,
    ];
    const { chunks, clock, done, stop } = startFollow(cluster);
    await clock.until(() => texts(chunks).length === 1);
    expect(clock.now() - FakeClock.create().now()).toBeGreaterThan(60_000);
    const since = clock.now();
    cluster.write({ time: time(1), content: 'x'.repeat(1000) }, line(2, 'end'));
    await clock.until(() => texts(chunks).length === 3);
    expect(clock.now() - since).toBeLessThan(1_000);
    stop.abort();
    await clock.finish(done);
  });

  it('says so when the node threw lines away that were not read', async () => {
    const cluster = LogCluster.create();
    cluster.write(line(0, 'one'), line(5, 'two'));
    cluster.connections = [
      { type: 'reset', afterBytes: 75 },
      { type: 'reset', afterBytes: 40 },
    ];
    const { chunks, clock, fate, done } = startFollow(cluster);
    await clock.settle();
    cluster.write(line(900, 'lost'), line(950, 'kept'), line(2500, 'end'));
    cluster.rotate(3);
    await clock.until(() => texts(chunks).includes('end'));
    fate.tell('terminated');
    cluster.end();
    await clock.finish(done);
    expect(texts(chunks)).toEqual(['one', 'two', 'kept', 'end']);
    expect(gaps(chunks)).toMatchObject([{ from: START + 5, to: START + 950 }]);
  });

  it('splits 100,000 lines, of every kind of end and text', async () => {
    const cluster = LogCluster.create(60_001);
    const long = 'ä'.repeat(5_000_000);
    cluster.write(
      ...Array.from({ length: 100_000 }, (_, index) =>
        line(Math.floor(index / 40), `line ${index}`),
      ),
      line(9000, 'windows\r'),
      line(9000, 'progress 1\rprogress 2'),
      line(9000, 'a\0b'),
      { time: time(9001), content: Buffer.from([0xc3]) },
      line(9002, long),
    );
    cluster.end();
    const { chunks, clock, done } = startFollow(cluster, {
      state: 'terminated',
    });
    await clock.finish(done);
    const all = texts(chunks);
    expect(all).toHaveLength(100_005);
    expect(all[99_999]).toBe('line 99999');
    expect(all.slice(100_000, 100_004)).toEqual([
      'windows',
      'progress 1\rprogress 2',
      'a\u2400b',
      '\ufffd',
    ]);
    expect(all[100_004]).toBe('ä'.repeat(8192));
    expect(chunks.at(-2)).toMatchObject({ lines: [{ cut: 9_983_616 }] });
  });

  it('gives every line once, wherever connections and follows are cut', async () => {
    const log = fc.array(
      fc.record({
        /** After the line before. */
        later: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 1500 })),
        /** Two streams of one container are stamped by two clerks. */
        jitter: fc.integer({ min: 0, max: 900 }),
        text: fc.oneof(fc.constant('same'), fc.string({ maxLength: 12 })),
      }),
      { maxLength: 40 },
    );
    const cuts = fc.array(
      fc.record({
        type: fc.constantFrom('reset' as const, 'end' as const),
        afterBytes: fc.integer({ min: 1, max: 600 }),
      }),
      { maxLength: 12 },
    );
    const stops = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 });
    const partBytes = fc.integer({ min: 1, max: 100 });
    await fc.assert(
      fc.asyncProperty(
        log,
        cuts,
        stops,
        partBytes,
        async (lines, connections, stopAfter, size) => {
          const cluster = LogCluster.create(size);
          let at = 0;
          const written = lines.map(({ later, jitter, text }) => {
            at += later;
            return line(at + jitter, text.replace(/[\n\r\0]/g, '_'));
          });
          cluster.write(...written);
          cluster.end();
          cluster.connections = [...connections];
          const clock = FakeClock.create();
          const seen: LogChunk[] = [];
          for (const stopAfterChunks of [...stopAfter, Infinity]) {
            const { chunks, fate, done } = startFollow(cluster, {
              clock,
              resume: seen.at(-1)?.resume,
              stopAfterChunks,
            });
            let isOver = false;
            const over = done.then(() => {
              isOver = true;
            });
            await clock.until(() => isOver || cluster.connections.length === 0);
            fate.tell('terminated');
            await clock.finish(over);
            seen.push(...chunks);
          }
          expect(gaps(seen)).toEqual([]);
          expect(texts(seen)).toEqual(written.map(({ content }) => content));
        },
      ),
      { numRuns: 300 },
    );
  }, 60_000);
});
