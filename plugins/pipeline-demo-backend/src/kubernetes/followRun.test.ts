import type { V1ContainerState } from '@kubernetes/client-node';
import type { RunSpec } from 'backstage-plugin-pipeline-demo-common';
import type { LogChunk, ResumePoint } from '../ports/Engine';
import { FakeClock } from '../testing/FakeClock';
import { ClusterError } from './Cluster';
import { followRun } from './followRun';
import { PodCluster, jobOf, podOf } from './__testUtils__/PodCluster';

const RUN: RunSpec = {
  id: 'r1',
  batchCount: 2,
  engine: 'kubernetes',
  createdBy: 'user:default/guest',
  createdAt: Date.UTC(2024, 0, 1),
  seed: 1,
};

const STARTED = new Date('2024-01-01T00:00:05Z');
const WAITING: V1ContainerState = { waiting: { reason: 'ContainerCreating' } };
const RUNNING: V1ContainerState = { running: { startedAt: STARTED } };
const ENDED: V1ContainerState = {
  terminated: { exitCode: 0, startedAt: STARTED },
};

function written(...texts: readonly string[]) {
  return texts.map((content, index) => ({
    time: `2024-01-01T00:00:10.${String(index).padStart(9, '0')}Z`,
    content,
  }));
}

function startFollow(
  cluster: PodCluster,
  resume: ReadonlyMap<string, ResumePoint> = new Map(),
) {
  const clock = FakeClock.create();
  const stop = new AbortController();
  const chunks: LogChunk[] = [];
  const follow = async () => {
    const deps = { cluster, run: RUN, clock };
    for await (const chunk of followRun(deps, resume, stop.signal)) {
      chunks.push(chunk);
    }
  };
  const lines = (task: string) =>
    chunks.flatMap(chunk =>
      chunk.type === 'lines' && chunk.source.task === task
        ? chunk.lines.map(({ text }) => text)
        : [],
    );
  const gaps = () => chunks.filter(({ type }) => type === 'gap');
  return { clock, stop, chunks, lines, gaps, done: follow() };
}

/** A driver, and one worker that runs. */
function startRun(): PodCluster {
  const cluster = new PodCluster();
  cluster.put('jobs', jobOf('r1'));
  cluster.put('pods', podOf('driver', 'r1', 'driver', { main: RUNNING }));
  cluster.put('pods', podOf('g1', 'r1', 'GENERATE:1', { main: RUNNING }));
  return cluster;
}

function endPod(cluster: PodCluster, name: string, task: string): void {
  cluster.logOf(name, 'main').end();
  cluster.put('pods', podOf(name, 'r1', task, { main: ENDED }));
}

describe('followRun', () => {
  it('follows each container of the run once, from when it has started', async () => {
    const cluster = startRun();
    const { clock, lines, gaps, done } = startFollow(cluster);
    cluster.put('pods', podOf('a1', 'r1', 'ANALYZE:1', { main: WAITING }));
    cluster.put('pods', podOf('other', 'r2', 'GENERATE:1', { main: RUNNING }));
    await clock.settle();
    expect(cluster.follows).toEqual(['driver/main', 'g1/main']);
    cluster.logOf('g1', 'main').write(...written('generated'));
    cluster.put('pods', podOf('a1', 'r1', 'ANALYZE:1', { main: RUNNING }));
    await clock.settle();
    cluster.put('pods', podOf('a1', 'r1', 'ANALYZE:1', { main: RUNNING }));
    cluster.logOf('a1', 'main').write(...written('analyzed'));
    cluster.logOf('driver', 'main').write(...written('submitted', 'done'));
    endPod(cluster, 'g1', 'GENERATE:1');
    endPod(cluster, 'a1', 'ANALYZE:1');
    endPod(cluster, 'driver', 'driver');
    await clock.finish(done);
    expect(lines('GENERATE:1')).toEqual(['generated']);
    expect(lines('ANALYZE:1')).toEqual(['analyzed']);
    expect(lines('driver')).toEqual(['submitted', 'done']);
    expect(gaps()).toEqual([]);
  });

  it('does not end before every worker has, and the driver', async () => {
    const cluster = startRun();
    const { clock, lines, done } = startFollow(cluster);
    const ended = jest.fn();
    void done.then(ended);
    endPod(cluster, 'driver', 'driver');
    await clock.advance(30_000);
    expect(ended).not.toHaveBeenCalled();
    cluster.logOf('g1', 'main').write(...written('late'));
    endPod(cluster, 'g1', 'GENERATE:1');
    await clock.finish(done);
    expect(lines('GENERATE:1')).toEqual(['late']);
  });

  it('waits for a driver that has no pod yet', async () => {
    const cluster = new PodCluster();
    cluster.put('jobs', jobOf('r1'));
    const { clock, lines, done } = startFollow(cluster);
    await clock.advance(60_000);
    cluster.put('pods', podOf('driver', 'r1', 'driver', { main: RUNNING }));
    cluster.logOf('driver', 'main').write(...written('at last'));
    endPod(cluster, 'driver', 'driver');
    await clock.finish(done);
    expect(lines('driver')).toEqual(['at last']);
  });

  it('ends when there is no Job, and no pod that runs', async () => {
    const { clock, chunks, done } = startFollow(new PodCluster());
    await clock.finish(done);
    expect(chunks).toEqual([]);
  });

  it('does not wait for a worker that never started', async () => {
    const cluster = startRun();
    cluster.put('pods', podOf('g2', 'r1', 'GENERATE:2', { main: WAITING }));
    const { clock, done } = startFollow(cluster);
    endPod(cluster, 'g1', 'GENERATE:1');
    endPod(cluster, 'driver', 'driver');
    await clock.finish(done);
    expect(cluster.follows).not.toContain('g2/main');
  });

  it('reads the tail of pods that are deleted while they are followed', async () => {
    const cluster = startRun();
    const { clock, lines, gaps, done } = startFollow(cluster);
    await clock.settle();
    cluster.logOf('g1', 'main').write(...written('one', 'two'));
    cluster.remove('jobs', 'pipeline-demo-r1');
    cluster.remove('pods', 'g1');
    cluster.remove('pods', 'driver');
    cluster.logOf('g1', 'main').write(...written('tail'));
    cluster.logOf('g1', 'main').end();
    cluster.logOf('driver', 'main').end();
    await clock.finish(done);
    expect(lines('GENERATE:1')).toEqual(['one', 'two', 'tail']);
    expect(gaps()).toEqual([]);
  });

  it('leaves a gap for each source whose pod went while nobody looked', async () => {
    const cluster = startRun();
    endPod(cluster, 'g1', 'GENERATE:1');
    endPod(cluster, 'driver', 'driver');
    const { clock, chunks, gaps, done } = startFollow(
      cluster,
      new Map([
        ['uid-gone/main', 'GENERATE:2 2024-01-01T00:00:10.500000000Z 0 7 open'],
        [
          'uid-done/main',
          'ANALYZE:2 2024-01-01T00:00:10.500000000Z 0 7 drained',
        ],
        ['uid-g1/main', 'GENERATE:1 - 0 0 drained'],
      ]),
    );
    await clock.finish(done);
    expect(gaps()).toEqual([
      {
        type: 'gap',
        source: { id: 'uid-gone/main', task: 'GENERATE:2' },
        from: Math.min(Date.parse('2024-01-01T00:00:10.5Z'), clock.now()),
        to: clock.now(),
        reason: 'The pod was deleted before its log was read to the end.',
        resume: 'GENERATE:2 2024-01-01T00:00:10.500000000Z 0 7 drained',
      },
    ]);
    expect(cluster.follows).not.toContain('g1/main');
    expect(chunks.filter(({ source }) => source.task === 'GENERATE:1')).toEqual(
      [],
    );
  });

  it('goes on from its resume points', async () => {
    const cluster = startRun();
    cluster.logOf('g1', 'main').write(...written('one', 'two', 'three'));
    endPod(cluster, 'g1', 'GENERATE:1');
    endPod(cluster, 'driver', 'driver');
    const { clock, lines, done } = startFollow(
      cluster,
      new Map([
        ['uid-g1/main', 'GENERATE:1 2024-01-01T00:00:10.000000001Z 0 2 open'],
      ]),
    );
    await clock.finish(done);
    expect(lines('GENERATE:1')).toEqual(['three']);
  });

  it('stops when it is told to, and leaves nothing behind', async () => {
    const cluster = startRun();
    const { clock, stop, done } = startFollow(cluster);
    await clock.settle();
    stop.abort();
    expect(await done).toBeUndefined();
  });

  it('says when it may not see the pods', async () => {
    const cluster = startRun();
    const { clock, done } = startFollow(
      Object.assign(cluster, {
        list: () =>
          Promise.reject(
            new ClusterError(
              403,
              'Forbidden',
              'pods is forbidden',
              'list pods',
            ),
          ),
      }),
    );
    await expect(clock.finish(done)).rejects.toThrow('pods is forbidden');
  });
});
