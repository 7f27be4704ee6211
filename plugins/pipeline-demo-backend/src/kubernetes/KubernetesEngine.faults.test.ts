import type { V1Job, V1Pod } from '@kubernetes/client-node';
import { DRIVER_PHASES } from 'backstage-plugin-pipeline-demo-common';
import type {
  DriverState,
  RunSpec,
} from 'backstage-plugin-pipeline-demo-common';
import {
  attemptsOf,
  finished,
  launched,
  observed,
  observedUntil,
  patience,
  removed,
} from '../testing/engineRuns';
import { FAKE_TOKEN } from '../testing/FakeApiServer';
import { createFakeClusterWorld } from '../testing/fakeClusterWorld';
import type { FakeClusterWorld } from '../testing/fakeClusterWorld';
import type { FakeWorkflow } from '../testing/FakeNextflow';
import type { Fact } from '../ports/Engine';
import { objectName } from './objectNames';
import { isDriver } from './podContainers';

jest.setTimeout(60_000);

const isRunning = (fact: Fact) =>
  fact.type === 'task' && fact.attempt.phase === 'running';

describe('KubernetesEngine', () => {
  let world: FakeClusterWorld;
  const play = async (changes: Partial<FakeWorkflow> = {}) => {
    world = await createFakeClusterWorld(changes);
    return world;
  };
  afterEach(() => world.close());

  const driverPod = () =>
    world.objects.list<V1Pod>('pods').find(isDriver)!.metadata!.name!;
  const lastFactOf = async (run: RunSpec) =>
    (await observed(world.engine, run)).at(-1);

  it('makes nothing when a right is missing, and names it', async () => {
    const { api, engine, newRun, objects } = await play();
    api.forbidden.add('delete jobs').add('get pods/log');
    await expect(engine.launch(newRun(1), patience())).rejects.toMatchObject({
      name: 'LaunchRefusedError',
      message:
        'The backend may not delete jobs, get pods/log in the namespace fake.',
    });
    expect(objects.list('configmaps')).toEqual([]);
  });

  it.each(['jobs', 'pods', 'configmaps'])(
    'says which right it lacks to see what is left: list %s',
    async resource => {
      const { api, engine, newRun } = await play();
      api.forbidden.add(`list ${resource}`);
      const message = `The portal may not list ${resource} in the namespace fake.`;
      for (const call of [
        engine.left(newRun(1), patience()),
        engine.remove(newRun(1), 'logs', patience()),
      ]) {
        await expect(call).rejects.toMatchObject({
          name: 'NotPermittedError',
          message,
        });
      }
    },
  );

  it('leaves alone what has its name and is not of the run', async () => {
    const { engine, newRun, objects } = await play();
    const run = newRun(1);
    const name = objectName(run);
    objects.create('configmaps', { metadata: { name } });
    await expect(engine.launch(run, patience())).rejects.toMatchObject({
      name: 'LaunchRefusedError',
      message: expect.stringContaining('is not of this run'),
    });
    await removed(engine, run, 'nothing');
    expect(objects.get('configmaps', name)).toBeDefined();
  });

  it('refuses a run that the cluster refuses, and tries one again that it cannot take now', async () => {
    const { api, engine, newRun } = await play();
    api.forbidden.add('create jobs');
    const unasked = engine.launch(newRun(1), patience());
    await expect(unasked).rejects.toMatchObject({ name: 'LaunchRefusedError' });
    api.isHanging = true;
    const signal = AbortSignal.timeout(100);
    await expect(engine.launch(newRun(1), signal)).rejects.toMatchObject({
      name: 'TimeoutError',
    });
  });

  it('names the task that failed', async () => {
    const exits = new Map([['ANALYZE:1', { exitCode: 3 }]]);
    const run = await launched(await play({ exits }), 2);
    expect(await lastFactOf(run)).toMatchObject({
      type: 'driverExited',
      outcome: {
        type: 'failed',
        reason: 'task-failed',
        message: 'ANALYZE:1 failed with exit code 3.',
      },
    });
  });

  it('says that a killed driver is lost, and removes the workers it leaves', async () => {
    const { engine, node } = await play({ stepMs: 50 });
    const run = await launched(world, 2);
    await observedUntil(engine, run, isRunning);
    node.kill(driverPod(), { exitCode: 137, reason: 'Error' });
    expect(await lastFactOf(run)).toMatchObject({
      outcome: {
        reason: 'lost',
        message: 'The driver was killed by signal 9.',
      },
    });
    expect(await engine.left(run, patience())).toContainEqual(
      expect.stringMatching(/^pod nf-.+ \(GENERATE:2\)$/),
    );
    await removed(engine, run, 'logs');
    expect(world.objects.list('pods')).toEqual([]);
    expect(world.objects.list('jobs')).toEqual([]);
    expect(world.objects.list('configmaps')).toEqual([]);
  });

  it('tells the deadline of the Job, not the exit code it makes', async () => {
    const { engine, node } = await play({ stepMs: 50 });
    const run = await launched(world, 1);
    await observedUntil(engine, run, isRunning);
    const message = 'Job was active longer than specified deadline';
    node.failJob(objectName(run), 'DeadlineExceeded', message);
    expect(await lastFactOf(run)).toMatchObject({ type: 'deadline', message });
  });

  it('says that the Job was deleted', async () => {
    const { engine } = await play({ stepMs: 50 });
    const run = await launched(world, 1);
    await observedUntil(engine, run, isRunning);
    await world.client().delete('jobs', objectName(run), {}, patience());
    expect(await lastFactOf(run)).toMatchObject({ type: 'jobMissing' });
  });

  it('ends a run that can never start', async () => {
    const { node, engineWith } = await play();
    node.unschedulable = '0/1 nodes are available: 1 Insufficient cpu.';
    const run = await launched(world, 1);
    const engine = engineWith({ startTimeoutMs: 1_500 });
    expect((await observed(engine, run)).at(-1)).toMatchObject({
      type: 'driverExited',
      outcome: {
        reason: 'never-started',
        message: expect.stringContaining('Insufficient cpu'),
      },
    });
    await removed(engine, run, 'nothing');
  });

  it('tells what the driver waits for, and how it goes on', async () => {
    const { engine, node } = await play();
    node.unschedulable = '0/1 nodes are available: 1 Insufficient cpu.';
    const run = await launched(world, 1);
    const states: DriverState[] = [];
    for await (const fact of engine.observe(run, patience())) {
      if (fact.type === 'driver') {
        states.push(fact.driver);
        if (fact.driver.reason) {
          node.unschedulable = undefined;
        }
      }
    }
    expect(states).toContainEqual(
      expect.objectContaining({
        phase: 'waiting',
        reason: {
          code: 'Unschedulable',
          message: '0/1 nodes are available: 1 Insufficient cpu.',
        },
      }),
    );
    const phases = states.map(({ phase }) => DRIVER_PHASES.indexOf(phase));
    expect(phases).toEqual([...phases].sort());
    expect(states.at(-1)).toMatchObject({
      phase: 'running',
      node: 'fake-node',
    });
    expect(states.at(-1)?.reason).toBeUndefined();
  });

  it('tells who refuses the pod of the driver', async () => {
    const { engine, node } = await play();
    node.podLimit = 0;
    const run = await launched(world, 1);
    const isRefused = (fact: Fact) =>
      fact.type === 'driver' && fact.driver.reason?.code === 'QuotaExceeded';
    await observedUntil(engine, run, isRefused);
    node.podLimit = Infinity;
    expect(await lastFactOf(run)).toMatchObject({
      outcome: { type: 'succeeded' },
    });
  });

  it('says why the workflow could not be made ready', async () => {
    const message = JSON.stringify({
      v: 1,
      kind: 'error',
      code: 'WorkspaceNotWritable',
      message: 'The claim work cannot be written by user 1000.',
    });
    const run = await launched(
      await play({ prepare: { exitCode: 1, message } }),
      1,
    );
    expect(await lastFactOf(run)).toMatchObject({
      outcome: {
        reason: 'driver-failed',
        message: 'The claim work cannot be written by user 1000.',
      },
    });
  });

  it('has tasks wait for a quota, with the reason, and then run', async () => {
    const { engine, node } = await play();
    node.podLimit = 2;
    const run = await launched(world, 2);
    const facts = await observed(engine, run);
    const attempts = [1, 2].flatMap(batch =>
      attemptsOf(facts, `GENERATE:${batch}`),
    );
    expect(attempts).toContainEqual(
      expect.objectContaining({
        phase: 'waiting',
        reason: expect.objectContaining({
          message: expect.stringContaining('exceeded quota'),
        }),
      }),
    );
    expect(facts.at(-1)).toMatchObject({ outcome: { type: 'succeeded' } });
  });

  it('reads the report from the log when the driver has left none', async () => {
    const { engine, objects } = await play();
    const run = await finished(world, 1);
    objects.change<V1Pod>('pods', driverPod(), ({ status }) => {
      delete status!.containerStatuses![0].state!.terminated!.message;
    });
    expect(await engine.report(run, patience())).toMatchObject({
      type: 'report',
      report: { batchCount: 1 },
    });
  });

  it('goes on observing after cuts and forgotten versions', async () => {
    const { api, engine, objects } = await play({ stepMs: 50 });
    const run = await launched(world, 2);
    let cuts = 0;
    let last: Fact | undefined;
    for await (const fact of engine.observe(run, patience())) {
      last = fact;
      if (isRunning(fact) && cuts < 3) {
        cuts += 1;
        api.cut();
        objects.compact();
      }
    }
    expect(cuts).toBe(3);
    expect(last).toMatchObject({ outcome: { type: 'succeeded' } });
  });

  it('deletes what a Job has made, as a deletion without a policy in its body would not', async () => {
    const { api, engine, objects } = await play({ stepMs: 50 });
    const run = await launched(world, 1);
    await observedUntil(engine, run, isRunning);
    const [worker] = objects
      .list<V1Job>('jobs')
      .filter(({ metadata }) => metadata!.name !== objectName(run));
    const { name } = worker.metadata!;
    await fetch(
      `${api.url}/apis/batch/v1/namespaces/fake/jobs/${name}?propagationPolicy=Background`,
      {
        method: 'DELETE',
        headers: { authorization: `Bearer ${FAKE_TOKEN}` },
        body: '{}',
      },
    );
    const podsOf = (job: string) =>
      objects
        .list<V1Pod>('pods')
        .filter(({ metadata }) => metadata!.labels!['job-name'] === job)
        .filter(({ metadata }) => !metadata!.deletionTimestamp);
    expect(podsOf(name!)).toHaveLength(1);

    const driver = objectName(run);
    await world.client().delete('jobs', driver, {}, patience());
    expect(podsOf(driver)).toEqual([]);
  });
});
