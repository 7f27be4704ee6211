import type { V1Job } from '@kubernetes/client-node';
import type { LogTask } from 'backstage-plugin-pipeline-demo-common';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LogChunk } from '../ports/Engine';
import { PodLogs } from '../testing/PodLogs';
import { systemClock } from '../SystemClock';
import { ClusterClient } from './ClusterClient';
import { followRun } from './followRun';
import {
  APP,
  APP_LABEL,
  ROLE_LABEL,
  RUN_LABEL,
  TASK_LABEL,
} from './objectNames';
import { CutProxy } from './__testUtils__/CutProxy';

/*
 * The output of real containers, over connections that break, against the
 * files of the node. The containers number their lines; but on a node without
 * a processor to spare the runtime gives up what an ended container has left in
 * its pipe, and nobody can read what is in no file.
 */

const TIMEOUT_MS = 2 * 60_000;
const LINES = 20_000;
const LOOK_MS = 50;

const never = new AbortController().signal;

/** Jobs that look like a run's, and a follow of it. */
class FollowedRun {
  readonly id = `r${randomBytes(4).toString('hex')}`;
  readonly chunks: LogChunk[] = [];
  readonly #cluster: ClusterClient;
  readonly #jobs: string[] = [];

  constructor(cluster: ClusterClient) {
    this.#cluster = cluster;
  }

  async start(task: LogTask, script: string): Promise<string> {
    const isDriver = task === 'driver';
    const name = isDriver
      ? `${APP}-${this.id}`
      : `nf-${this.id}-${task.toLowerCase().replace(':', '-')}`;
    const labels = {
      [APP_LABEL]: APP,
      [RUN_LABEL]: this.id,
      [ROLE_LABEL]: isDriver ? 'driver' : 'worker',
      ...(!isDriver && { [TASK_LABEL]: task.replace(':', '_') }),
    };
    const amount = { cpu: '100m', memory: '32Mi' };
    const job: V1Job = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name, labels },
      spec: {
        backoffLimit: 0,
        template: {
          metadata: { labels },
          spec: {
            restartPolicy: 'Never',
            containers: [
              {
                name: 'main',
                image: variable('PIPELINE_DEMO_WORKER_IMAGE'),
                imagePullPolicy: 'IfNotPresent',
                command: ['bash', '-c', script],
                resources: {
                  requests: amount,
                  limits: { cpu: '1', memory: '64Mi' },
                },
              },
            ],
          },
        },
      },
    };
    await this.#cluster.create('jobs', job, never);
    this.#jobs.push(name);
    return name;
  }

  async follow(cluster: ClusterClient): Promise<void> {
    const run = {
      id: this.id,
      batchCount: 1,
      engine: 'kubernetes' as const,
      createdBy: 'user:default/guest',
      createdAt: Date.now(),
      seed: 1,
    };
    const deps = { cluster, run, clock: systemClock };
    for await (const chunk of followRun(deps, new Map(), never)) {
      this.chunks.push(chunk);
    }
  }

  lines(task: LogTask): string[] {
    return this.chunks.flatMap(chunk =>
      chunk.type === 'lines' && chunk.source.task === task
        ? chunk.lines.map(({ text }) => text)
        : [],
    );
  }

  gaps(): LogChunk[] {
    return this.chunks.filter(({ type }) => type === 'gap');
  }

  async removeJobs(): Promise<void> {
    for (const name of this.#jobs) {
      await this.#cluster.delete('jobs', name, {}, never);
    }
  }
}

function variable(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: npm run e2e starts these tests.`);
  }
  return value;
}

async function until(
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  while (!(await condition())) {
    await sleep(LOOK_MS);
  }
}

const COUNT = `for ((i = 1; i <= ${LINES}; i++)); do echo "line $i"; done`;
const COUNTED = Array.from({ length: LINES }, (_, n) => `line ${n + 1}`);

describe('The output of a run, on a real cluster', () => {
  const namespace = variable('PIPELINE_DEMO_TEST_NAMESPACE');
  const kubeconfig = variable('PIPELINE_DEMO_TEST_KUBECONFIG');
  const folder = variable('PIPELINE_DEMO_TEST_POD_LOGS');
  const direct = ClusterClient.create({ kubeconfig, namespace });
  let proxy: CutProxy;
  let cluster: ClusterClient;
  let run: FollowedRun;
  let podLogs: PodLogs;

  beforeEach(async () => {
    podLogs = PodLogs.watch({ kubeconfig, namespace, folder });
    const opened = await CutProxy.open(kubeconfig);
    proxy = opened.proxy;
    cluster = ClusterClient.create({
      kubeconfig: opened.kubeconfig,
      namespace,
    });
    run = new FollowedRun(direct);
  });

  afterEach(async () => {
    await run.removeJobs();
    proxy.close();
    podLogs.close();
  });

  /** That the lines of a task are those of the node's file, which are the first of these. */
  function expectWhole(task: LogTask, lines: readonly string[]): void {
    const written = podLogs.written(run, task);
    expect(run.lines(task)).toEqual(written);
    expect(written.length).toBeGreaterThan(lines.length / 2);
    expect(lines.join('\n')).toContain(written.join('\n'));
  }

  it(
    'is whole when connections break again and again',
    async () => {
      await run.start('driver', 'echo begin; sleep 20; echo end');
      const following = run.follow(cluster);
      await run.start('GENERATE:1', COUNT);
      await run.start('GENERATE:2', `sleep 1; ${COUNT}`);
      let cuts = 0;
      const over = new AbortController();
      const cutting = (async () => {
        while (!over.signal.aborted) {
          await sleep(200 + Math.random() * 800);
          cuts += proxy.cut();
        }
      })();
      await following;
      over.abort();
      await cutting;
      expectWhole('GENERATE:1', COUNTED);
      expectWhole('GENERATE:2', COUNTED);
      expectWhole('driver', ['begin', 'end']);
      expect(run.gaps()).toEqual([]);
      expect(cuts).toBeGreaterThan(20);
    },
    TIMEOUT_MS,
  );

  it(
    'is whole when everything is deleted while it is followed',
    async () => {
      const lastWords = `trap '${COUNT}; printf "no end of line"; exit' TERM; echo begin; while :; do sleep 0.1; done`;
      await run.start('driver', lastWords);
      await run.start('GENERATE:1', lastWords);
      const following = run.follow(cluster);
      await until(() =>
        ['driver', 'GENERATE:1'].every(task => run.lines(task).length === 1),
      );
      await run.removeJobs();
      await following;
      const written = ['begin', ...COUNTED, 'no end of line'];
      expectWhole('GENERATE:1', written);
      expectWhole('driver', written);
      expect(run.gaps()).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it(
    'is whole when the API server is away for a while',
    async () => {
      const slow =
        'for ((i = 1; i <= 200; i++)); do echo "line $i"; sleep 0.1; done';
      await run.start('driver', 'sleep 25');
      await run.start('ANALYZE:1', slow);
      const following = run.follow(cluster);
      await until(() => run.lines('ANALYZE:1').length > 20);
      proxy.away();
      const before = run.lines('ANALYZE:1').length;
      await sleep(8_000);
      expect(run.lines('ANALYZE:1').length).toBe(before);
      proxy.back();
      await following;
      expect(run.lines('ANALYZE:1')).toEqual(COUNTED.slice(0, 200));
      expect(run.gaps()).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it(
    'has a gap where a pod was taken away while nobody could read',
    async () => {
      await run.start('driver', 'sleep 30');
      const name = await run.start(
        'ANALYZE:1',
        'echo begin; sleep 4; echo lost; sleep 60',
      );
      const following = run.follow(cluster);
      await until(() => run.lines('ANALYZE:1').length === 1);
      proxy.away();
      await direct.delete('jobs', name, {}, never);
      const selection = { labelSelector: `job-name=${name}` };
      const pods = await direct.list('pods', selection, never);
      for (const { metadata } of pods.items) {
        const grace = { gracePeriodSeconds: 0 };
        await direct.delete('pods', metadata!.name!, grace, never);
        await until(
          async () =>
            (await direct.get('pods', metadata!.name!, never)) === undefined,
        );
      }
      proxy.back();
      await following;
      expect(run.lines('ANALYZE:1')).toEqual(['begin']);
      expect(run.gaps()).toMatchObject([{ source: { task: 'ANALYZE:1' } }]);
    },
    TIMEOUT_MS,
  );
});
